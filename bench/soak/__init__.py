"""Half an hour of everything that clients do, and what the server holds meanwhile."""
