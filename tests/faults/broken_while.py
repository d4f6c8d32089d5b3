"""How tests break the engine of `fault_app`, which they must not import: it changes limits."""

BROKEN_WHILE = "BROKEN_WHILE"
"""The environment variable with the path of a file: while it is there, no inference works."""
