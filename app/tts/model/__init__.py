"""Models that run, and the files that they are loaded from."""
