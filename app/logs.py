"""Logging to standard error, in one format for the server and its libraries."""

import logging


def configure(level: str) -> None:
    """Log messages of this package from `level` on, and warnings of all others."""
    logging.basicConfig(format="%(asctime)s [%(process)d] [%(levelname)s] %(name)s: %(message)s")
    logging.getLogger("app").setLevel(level.upper())
