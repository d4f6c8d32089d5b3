"""Runs the engine in native threads, and sees to it that no run goes on that should not."""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from app.scheduling.errors import Interruption
from app.scheduling.health import Health
from app.scheduling.native_threads import NativeThreads

log = logging.getLogger(__name__)

T = TypeVar("T")

CHUNK_SHARE = 5
LEAST_CHUNK_SECONDS = 60.0
"""A run hangs that takes longer than this, and more than one part in so many of the time that a
request may take."""

GRACE_SECONDS = 5.0
"""How long a run that hangs may take to end once it was stopped."""


class Watchdog:
    """Looks about once a second after each run of the engine."""

    def __init__(self, threads: int, time_limit: float, health: Health) -> None:
        """Note runs that hang in `health`; requests may take `time_limit` seconds."""
        self._native = NativeThreads(threads)
        self._health = health
        longest = max(time_limit / CHUNK_SHARE, LEAST_CHUNK_SECONDS)
        self._longest_run = min(longest, time_limit)
        self.on_hang: Callable[[], None] | None = None
        """Called when a run hangs and cannot be stopped."""

    def run(
        self,
        work: Callable[[], T],
        check: Callable[[], None] = lambda: None,
        stop: Callable[[], None] = lambda: None,
    ) -> T:
        """Return what `work` does in a native thread.

        Meanwhile, `check` is called now and then and may interrupt it; `stop` is called when it
        hangs.
        """
        started = time.monotonic()

        def look() -> None:
            with suppress(Interruption):
                check()
            hangs_for = time.monotonic() - started - self._longest_run
            if hangs_for > 0:
                self._health.hanging.add(work)
                stop()
            if hangs_for > GRACE_SECONDS and self.on_hang:
                log.critical("Inference hangs and cannot be stopped.")
                self.on_hang()

        try:
            return self._native.run(work, look)
        finally:
            self._health.hanging.discard(work)

    def run_for_as_long_as_it_takes(self, work: Callable[[], T]) -> T:
        """Return what `work` does in a native thread, such as loading the engine."""
        return self._native.run(work)
