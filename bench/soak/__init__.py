"""Half an hour of everything that clients do, while the server's resources are watched."""
