"""The models that run, and the files that they are loaded from."""
