"""Who goes next: the queue before the stage."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """Lets up to `free` callers in at once; the others wait in the order they came."""

    def __init__(self, free: int) -> None:
        self._free = free
        self._waiting: deque[threading.Event] = deque()
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"<free={self._free} waiting={len(self._waiting)}>"

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn and hold it while the context lasts."""
        mine = threading.Event()
        with self._lock:
            if self._free:
                self._free -= 1
                mine.set()
            else:
                self._waiting.append(mine)
        try:
            mine.wait()
            yield
        finally:
            with self._lock:
                if mine.is_set():
                    self._pass_on()
                else:  # interrupted while waiting
                    self._waiting.remove(mine)

    def _pass_on(self) -> None:
        if self._waiting:
            self._waiting.popleft().set()
        else:
            self._free += 1
