"""Native threads and locks, even where gevent has patched them: the only module that knows gevent.

The web server's side of the application is greenlets under gunicorn's gevent worker, and plain
threads in development. `threading` fits that side in both cases, since gevent patches it. Whatever
runs in a native thread needs the names of this module instead.
"""

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
"""Make a lock that works between native threads."""

native_poll: Callable[[], Any] = monkey.get_original("select", "poll")
"""Make a `select.poll` that asks the kernel itself, not gevent's event loop."""

native_spawn: Callable[..., int] = monkey.get_original("os", "posix_spawn")
"""Start a process from a native thread, as `os.posix_spawn` does."""

_start_new_thread: Callable[..., int] = monkey.get_original("_thread", "start_new_thread")

POLL_SECONDS = 1.0
"""Seconds between the calls of `on_wait` while something is waited for."""


def start_native_thread(function: Callable[[], None]) -> None:
    """Call a function in a new native thread, which ends with the process."""
    _start_new_thread(function, ())


class NativeThreads:
    """A pool of native threads; the caller, a greenlet or a thread, waits for its function."""

    def __init__(self, size: int) -> None:
        # Unpatched, every thread is a native one.
        self._pool = ThreadPool(size) if _is_patched() else None

    def run(self, work: Callable[[], T], on_wait: Callable[[], None] = lambda: None) -> T:
        """Return what `work` returns, or raise what it raises.

        `on_wait` is called in the caller's thread about once a second until `work` is done. A
        native thread cannot be interrupted: what `on_wait` or a killed greenlet raises is raised in
        place of the result, once `work` is done.
        """
        work_in_context = contextvars.copy_context().run  # so that log lines name the request
        spawn = _spawn if self._pool is None else self._pool.spawn
        task = spawn(_outcome, lambda: work_in_context(work))
        interruptions: list[BaseException] = []
        while not task.ready():
            try:
                task.wait(POLL_SECONDS)
                if not task.ready():
                    on_wait()
            except BaseException as interruption:
                # To leave now would let the caller touch what the thread still works on.
                interruptions.append(interruption)
        if interruptions:
            raise interruptions[0]
        value, error = task.get()
        try:
            if error is not None:
                raise error
            return value  # type: ignore[no-any-return]
        finally:
            del error, task  # this frame, which the error holds, must not hold the error


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeoutError in the context after `seconds`; without gevent, nothing is limited."""
    if not _is_patched():
        yield
        return
    with gevent.Timeout(seconds, TimeoutError(f"It took more than {seconds:g} s.")):
        yield


def _is_patched() -> bool:
    return bool(monkey.is_module_patched("threading"))


def _outcome(work: Callable[[], T]) -> tuple[T | None, Exception | None]:
    """Return what `work` returns and what it raises: gevent would print that, even if caught."""
    try:
        return work(), None
    except Exception as error:
        return None, error
    except SystemExit as error:  # of libraries that find something missing
        return None, RuntimeError(f"The work would have ended the process: {error}.")


class _Task:
    """A call in a new thread, with the methods of the results of gevent's pool."""

    def __init__(self, call: Callable[[], Any]) -> None:
        self._result: Any = None
        self._done = threading.Event()
        # A daemon: work that hangs must not keep the process from ending.
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
