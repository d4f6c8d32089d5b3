"""Native threads and locks, whatever gevent has patched: the only module that knows gevent."""

import contextvars
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import gevent
from gevent import monkey
from gevent.threadpool import ThreadPool

T = TypeVar("T")

native_lock: Callable[[], Any] = monkey.get_original("threading", "Lock")
"""Makes locks that work between native threads."""

native_poll: Callable[[], Any] = monkey.get_original("select", "poll")
"""Makes what looks at descriptors without waiting for an event loop."""

native_spawn: Callable[..., int] = monkey.get_original("os", "posix_spawn")
"""Starts a process from a native thread, as `os.posix_spawn` does."""

_start_new_thread: Callable[..., int] = monkey.get_original("_thread", "start_new_thread")

LOOK_SECONDS = 1.0
"""How often the caller of a native thread looks after it."""


def start_native_thread(function: Callable[[], None]) -> None:
    """Call a function in a native thread of its own, which ends with the process."""
    _start_new_thread(function, ())


class NativeThreads:
    """Runs functions in native threads while the caller, greenlet or thread, waits."""

    def __init__(self, size: int) -> None:
        # Unpatched, every thread is a native one.
        self._pool = ThreadPool(size) if _is_patched() else None

    def run(self, work: Callable[[], T], meanwhile: Callable[[], None] = lambda: None) -> T:
        """Return what `work` returns, or raise what it raises.

        `meanwhile` is called in the caller's thread about once a second while `work` goes on.
        """
        work_in_context = contextvars.copy_context().run  # so that log lines know the request
        spawn = _spawn if self._pool is None else self._pool.spawn
        task = spawn(_outcome, lambda: work_in_context(work))
        interruptions: list[BaseException] = []
        while not task.ready():
            try:
                task.wait(LOOK_SECONDS)
                if not task.ready():
                    meanwhile()
            except BaseException as interruption:
                # The thread goes on whoever interrupts us; what it works on must not be touched.
                interruptions.append(interruption)
        if interruptions:
            raise interruptions[0]
        value, error = task.get()
        try:
            if error is not None:
                raise error
            return value  # type: ignore[no-any-return]
        finally:
            del error, task  # an exception that holds the frame that holds it is hard to forget


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeoutError in the context after `seconds`; without gevent nothing is limited."""
    if not _is_patched():
        yield
        return
    with gevent.Timeout(seconds, TimeoutError(f"It took more than {seconds:g} s.")):
        yield


def _is_patched() -> bool:
    return bool(monkey.is_module_patched("threading"))


def _outcome(work: Callable[[], T]) -> tuple[T | None, Exception | None]:
    """Call `work` and return its failure as a value: gevent prints exceptions even if caught."""
    try:
        return work(), None
    except Exception as error:
        return None, error
    except SystemExit as error:  # libraries that end the program when something is missing
        return None, RuntimeError(f"The work would have ended the process: {error}.")


class _Task:
    """A call in a thread of its own, waited for as those of gevent's pool are."""

    def __init__(self, call: Callable[[], Any]) -> None:
        self._result: Any = None
        self._done = threading.Event()
        # A daemon, because work that hangs must not keep the process from ending.
        threading.Thread(target=self._run, args=(call,), daemon=True).start()

    def _run(self, call: Callable[[], Any]) -> None:
        self._result = call()
        self._done.set()

    def ready(self) -> bool:
        return self._done.is_set()

    def wait(self, timeout: float) -> None:
        self._done.wait(timeout)

    def get(self) -> Any:
        return self._result


def _spawn(function: Callable[..., Any], *args: Any) -> _Task:
    return _Task(lambda: function(*args))
