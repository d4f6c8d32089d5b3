"""Who goes next: the listener whose audio runs out first."""

import errno
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.playback import PlaybackClock

GLANCE_SECONDS = 1.0
"""How often those who wait are asked whether they are still there."""


class QueueFull(Exception):
    """As many requests wait as may."""


class ListenerGone(ConnectionResetError):
    """The client went away before its speech was done."""

    def __init__(self) -> None:
        super().__init__(errno.ECONNRESET, "The client went away.")


class Turns:
    """Lets requests work by turns, `workers` at once, those first whose audio runs out first.

    While all who work are patient, one who is not may work beside them, so that nobody's first
    sound waits for a long sentence that nobody needs soon.
    """

    def __init__(self, workers: int, max_waiting: int) -> None:
        self.workers = workers
        self._max_waiting = max_waiting
        self._working: list[PlaybackClock] = []
        self._waiting: dict[PlaybackClock, threading.Event] = {}
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"<working={len(self._working)} waiting={len(self._waiting)}>"

    @contextmanager
    def turn(
        self, clock: PlaybackClock, listener_gone: Callable[[], bool] = lambda: False
    ) -> Iterator[None]:
        """Wait for a turn and hold it while the context lasts.

        Raises `QueueFull` when too many wait already, but only to who has not had a turn yet, and
        `ListenerGone` when nobody is there any more to wait for.
        """
        granted = threading.Event()
        with self._lock:
            if not clock.has_begun and self._is_full():
                raise QueueFull
            clock.ask()
            self._waiting[clock] = granted
            self._grant()
        try:
            has_turn = False
            while not has_turn:
                has_turn = granted.wait(GLANCE_SECONDS)
                if listener_gone():
                    raise ListenerGone
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

    def contenders(self) -> int:
        """How many requests work or wait for a turn."""
        return len(self._working) + len(self._waiting)

    def _is_full(self) -> bool:
        return len(self._working) >= self.workers and len(self._waiting) >= self._max_waiting

    def _grant(self) -> None:
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
