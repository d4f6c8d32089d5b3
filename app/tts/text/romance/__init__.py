"""Rules that Spanish, Italian, Portuguese and French share."""
