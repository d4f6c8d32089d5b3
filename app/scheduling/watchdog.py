"""Runs of the engine in native threads, and an end for those that take too long."""

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from app.scheduling.health import Health
from app.scheduling.native_threads import NativeThreads

log = logging.getLogger(__name__)

T = TypeVar("T")

CHUNK_SHARE = 5
LEAST_CHUNK_SECONDS = 60.0
"""A run hangs when it takes longer than this, and longer than the time that a request may take,
divided by `CHUNK_SHARE`."""

GRACE_SECONDS = 5.0
"""Seconds that a hanging run may take to end after it was told to stop."""


class Watchdog:
    """Native threads for the engine, and a watch over each run of it about once a second."""

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
        on_wait: Callable[[], None] = lambda: None,
        stop: Callable[[], None] = lambda: None,
    ) -> T:
        """Return what `work` returns in a native thread, or raise what it raises.

        `on_wait` is called about once a second until then, as by `NativeThreads.run`; `stop` is
        called when `work` hangs, and should make it end.
        """
        started = time.monotonic()

        def watch() -> None:
            try:
                on_wait()
            finally:
                self._stop_if_hanging(work, started, stop)

        try:
            return self._native.run(work, watch)
        finally:
            self._health.hanging.discard(work)

    def run_unwatched(self, work: Callable[[], T]) -> T:
        """Return what `work` returns in a native thread, however long it takes."""
        return self._native.run(work)

    def _stop_if_hanging(
        self, work: Callable[[], object], started: float, stop: Callable[[], None]
    ) -> None:
        hangs_for = time.monotonic() - started - self._longest_run
        if hangs_for > 0:
            self._health.hanging.add(work)
            stop()
        if hangs_for > GRACE_SECONDS and self.on_hang:
            log.critical("Inference hangs and cannot be stopped.")
            self.on_hang()
