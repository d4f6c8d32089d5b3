"""Who goes next: the listener whose audio runs out first."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.scheduling.playback import PlaybackClock

GLANCE_SECONDS = 1.0
"""How often it is asked of those who wait whether they still should."""


class QueueFull(Exception):
    """As many requests wait as may."""


class Scheduler:
    """Lets requests work by turns, `workers` at once, those first whose audio runs out first.

    While all who work are patient, one who is not may work beside them, so that nobody's first
    sound waits for a long sentence that nobody needs soon.
    """

    def __init__(
        self,
        workers: int,
        max_waiting: int,
        on_change: Callable[[int, int], None] = lambda working, waiting: None,
    ) -> None:
        """Tell `on_change` how many work and how many wait, whenever that may have changed."""
        self.workers = workers
        self.max_waiting = max_waiting
        self._on_change = on_change
        self._working: list[PlaybackClock] = []
        self._waiting: dict[PlaybackClock, threading.Event] = {}
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"<working={len(self._working)} waiting={len(self._waiting)}>"

    @contextmanager
    def turn(
        self, clock: PlaybackClock, check: Callable[[], None] = lambda: None
    ) -> Iterator[None]:
        """Wait for a turn and hold it while the context lasts.

        `check` is called now and then while waiting, and once before the turn begins: what it
        raises ends the wait. Raises `QueueFull` when too many wait already, but only to who has not
        had a turn yet.
        """
        granted = threading.Event()
        with self._lock:
            if not clock.has_begun and self._is_full():
                raise QueueFull
            clock.ask()
            self._waiting[clock] = granted
        try:
            with self._lock:
                self._grant()
            has_turn = False
            while not has_turn:
                has_turn = granted.wait(GLANCE_SECONDS)
                check()
                with self._lock:  # patience ends by itself
                    self._grant()
            yield
        finally:
            with self._lock:
                if granted.is_set():
                    self._working.remove(clock)
                else:  # gone or interrupted while waiting
                    del self._waiting[clock]
                self._grant()

    def contenders(self) -> float:
        """Return the number of requests that work or wait for a turn, by those that may work."""
        return (len(self._working) + len(self._waiting)) / self.workers

    def _is_full(self) -> bool:
        return len(self._working) >= self.workers and len(self._waiting) >= self.max_waiting

    def _grant(self) -> None:
        self._choose()
        self._on_change(len(self._working), len(self._waiting))

    def _choose(self) -> None:
        while self._waiting:
            candidates = list(self._waiting)
            if len(self._working) >= self.workers:
                if not self._has_room_beside():
                    return
                candidates = [clock for clock in candidates if not clock.is_patient()]
            if not candidates:
                return
            chosen = min(candidates, key=lambda clock: clock.due)
            self._working.append(chosen)
            self._waiting.pop(chosen).set()

    def _has_room_beside(self) -> bool:
        """Whether one more may work beside those who are patient."""
        return len(self._working) == self.workers and all(
            clock.is_patient() for clock in self._working
        )
