"""The switch that breaks the engine of `fault_app`, which changes limits when it is imported."""

BROKEN_WHILE = "BROKEN_WHILE"
"""The environment variable with the path of a file; while the file exists, no inference works."""
