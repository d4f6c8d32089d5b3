"""Earliest deadline first: the listener whose audio runs out first goes next."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.scheduling.backlog import Backlog
from app.scheduling.errors import QueueFull
from app.scheduling.native_threads import POLL_SECONDS
from app.scheduling.playback import PlaybackClock


class Scheduler:
    """Turns at the engine, given earliest deadline first, to `workers` requests at once.

    A request takes a turn for each of its chunks. Its deadline, kept by its `PlaybackClock`, is
    when its listener runs out of audio; its slack is the time until then. A request with much slack
    can wait. While all requests that work can wait, one that cannot may work beside them, so that
    no first sound waits for a long sentence that is not needed soon.

    `_working` and `_waiting` belong to the web server's side, greenlets or plain threads, and are
    changed only in `_join`, `_leave` and `_assign`, under `_lock`. Native threads may not take that
    lock, which gevent has patched. There, the engine reads without a lock `contenders` and the
    clock of the request that it works on: lengths and floats, which may be out of date by a moment.
    """

    def __init__(
        self,
        workers: int,
        max_waiting: int,
        on_change: Callable[[int, int], None] = lambda working, waiting: None,
    ) -> None:
        """Report to `on_change` how many work and how many wait, whenever that may have changed.

        It is called under the lock, so that its calls come in order.
        """
        self.workers = workers
        self.max_waiting = max_waiting
        self.backlog = Backlog(workers)
        """The work that is left of all requests, by their clocks."""

        self._on_change = on_change
        self._working: list[PlaybackClock] = []
        self._waiting: dict[PlaybackClock, threading.Event] = {}
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"<working={self.working} waiting={self.waiting}>"

    @property
    def working(self) -> int:
        """Number of requests that have a turn."""
        return len(self._working)

    @property
    def waiting(self) -> int:
        """Number of requests that wait for a turn."""
        return len(self._waiting)

    def contenders(self) -> float:
        """Return the number of requests that work or wait for a turn, per worker."""
        return (self.working + self.waiting) / self.workers

    @contextmanager
    def turn(
        self, clock: PlaybackClock, on_wait: Callable[[], None] = lambda: None
    ) -> Iterator[None]:
        """Wait for a turn and hold it while the context lasts.

        `on_wait` is called about once a second while waiting, and once before the turn begins; what
        it raises ends the wait. Raises `QueueFull` when too many wait already, but only to a
        request that has not had a turn yet.
        """
        granted = self._join(clock)
        try:
            self._assign()
            has_turn = False
            while not has_turn:
                has_turn = granted.wait(POLL_SECONDS)
                on_wait()
                self._assign()  # slack shrinks while nothing else happens
            yield
        finally:
            self._leave(clock, granted)
            self._assign()

    def _join(self, clock: PlaybackClock) -> threading.Event:
        """Put a request in the queue; return the event that is set when its turn comes."""
        granted = threading.Event()
        with self._lock:
            is_full = self.working >= self.workers and self.waiting >= self.max_waiting
            if is_full and not clock.has_begun:
                raise QueueFull(self.backlog.seconds_until_place(clock))
            clock.ask()
            self._waiting[clock] = granted
        return granted

    def _leave(self, clock: PlaybackClock, granted: threading.Event) -> None:
        """Remove a request that had its turn, or that was interrupted while it waited."""
        with self._lock:
            if granted.is_set():
                self._working.remove(clock)
            else:
                del self._waiting[clock]

    def _assign(self) -> None:
        """Give turns to all requests that may have one now."""
        with self._lock:
            while self._waiting and (chosen := self._next()):
                self._working.append(chosen)
                self._waiting.pop(chosen).set()
            self._on_change(self.working, self.waiting)

    def _next(self) -> PlaybackClock | None:
        """Return the request that may begin now, if any.

        1. A worker is free: the request with the earliest deadline.
        2. All workers are busy, but with requests that can wait: the earliest deadline of those
           that cannot wait. It works beside them.
        3. All workers are busy, one of them with a request that cannot wait, or one request works
           beside them already: none.
        """
        if self.working < self.workers:
            candidates = list(self._waiting)
        elif self.working == self.workers and all(clock.can_wait() for clock in self._working):
            candidates = [clock for clock in self._waiting if not clock.can_wait()]
        else:
            candidates = []
        return min(candidates, key=lambda clock: clock.deadline, default=None)
