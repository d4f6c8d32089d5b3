"""Keeps Python's cyclic garbage collector away from dictionaries that are never freed.

A walk over the hundred thousand objects of a language holds Python's lock, and so stops the whole
process, until it is done.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.tts.types import Lock


class CollectorPause:
    """Pauses the collector while something large is loaded; threads may share it."""

    def __init__(self, new_lock: Callable[[], Lock]) -> None:
        self._lock = new_lock()
        self._users = 0
        self._was_enabled = False

    @contextmanager
    def while_loading(self) -> Iterator[None]:
        """Collect nothing within the context, and never walk the objects that were loaded in it.

        Cycles of garbage that other threads make meanwhile stay as well, but they are few.
        """
        with self._lock:
            if not self._users:
                self._was_enabled = gc.isenabled()
                gc.disable()
            self._users += 1
        try:
            yield
        finally:
            with self._lock:
                self._users -= 1
                gc.freeze()
                if not self._users and self._was_enabled:
                    gc.enable()
