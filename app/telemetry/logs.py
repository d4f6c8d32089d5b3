"""Logging to standard error, in one format for the server and its libraries.

Modules log with `logging.getLogger(__name__)`, and give figures as `extra`.
"""

import logging
import sys
from _thread import RLock
from typing import TextIO

from structlog.stdlib import ProcessorFormatter

from app.telemetry import log_lines


def configure(level: str, log_format: str) -> None:
    """Log messages of this package from `level` on, and warnings of all others, in `log_format`.

    Lower levels of libraries stay off, because they may tell what was said.
    """
    handler = _StandardError()
    handler.setFormatter(formatter(log_format))
    root = logging.getLogger()
    for earlier in root.handlers[:]:
        if isinstance(earlier, _StandardError):
            root.removeHandler(earlier)
    root.addHandler(handler)
    package = logging.getLogger("app")
    package.setLevel(level.upper())
    root.setLevel(max(package.level, logging.WARNING))
    logging.captureWarnings(True)
    # As for the handler: native threads take it too, such as when they import a library.
    logging._lock = RLock()  # type: ignore[attr-defined]


def formatter(log_format: str) -> ProcessorFormatter:
    """Return what makes lines for standard error, with colours if that is a terminal."""
    return log_lines.formatter(log_format, colors=sys.stderr.isatty())


class _StandardError(logging.StreamHandler[TextIO]):
    """Writes whole lines to what is standard error at the time."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]
        return sys.stderr

    def createLock(self) -> None:
        # One that gevent has not patched, because native threads log as well.
        self.lock = RLock()
