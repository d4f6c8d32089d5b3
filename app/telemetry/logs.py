"""Logging to standard error, in one format for the server and its libraries.

Modules log with `logging.getLogger(__name__)`, and pass figures as `extra`.
"""

import logging
import sys
from _thread import RLock
from typing import TextIO

from structlog.stdlib import ProcessorFormatter

from app.telemetry import log_lines


def configure(level: str, log_format: str) -> None:
    """Log this package's messages from `level` up, and the warnings of libraries, in `log_format`.

    The lower levels of libraries stay off, because they may reveal the spoken text.
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
    # For the same reason as the handler's lock: native threads take it, too, for example when they
    # import a library.
    logging._lock = RLock()  # type: ignore[attr-defined]


def formatter(log_format: str) -> ProcessorFormatter:
    """Return a formatter for standard error, with colours if that is a terminal."""
    return log_lines.formatter(log_format, colors=sys.stderr.isatty())


class _StandardError(logging.StreamHandler[TextIO]):
    """Writes whole lines to the current standard error."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]
        return sys.stderr

    def createLock(self) -> None:
        # Not patched by gevent, because native threads log, too.
        self.lock = RLock()
