"""Native threads and locks, whatever gevent has patched: the only module that knows gevent."""

from collections.abc import Callable
from typing import Any, TypeVar

from gevent import monkey
from gevent.threadpool import ThreadPool

T = TypeVar("T")

native_lock: Callable[[], Any] = monkey.get_original("threading", "Lock")
"""Makes locks that work between native threads."""


class NativeThreads:
    """Runs functions in native threads while the caller, greenlet or thread, waits."""

    def __init__(self, size: int) -> None:
        patched = monkey.is_module_patched("threading")
        # Unpatched, every caller is a native thread already.
        self._pool = ThreadPool(size) if patched else None

    def run(self, work: Callable[[], T]) -> T:
        """Return what `work` returns, or raise what it raises."""
        if self._pool is None:
            return work()
        task = self._pool.spawn(_outcome, work)
        interruptions: list[BaseException] = []
        while not task.ready():
            try:
                task.wait()
            except BaseException as interruption:
                # The thread goes on whoever interrupts us; what it works on must not be touched.
                interruptions.append(interruption)
        if interruptions:
            raise interruptions[0]
        value, error = task.get()
        if error is not None:
            raise error
        return value  # type: ignore[no-any-return]


def _outcome(work: Callable[[], T]) -> tuple[T | None, Exception | None]:
    """Call `work` and return its failure as a value: gevent prints exceptions even if caught."""
    try:
        return work(), None
    except Exception as error:
        return None, error
