"""What Spanish, French, Italian and Portuguese have in common as they are written and said."""
