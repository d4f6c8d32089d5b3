"""Ends a command or a start on a stop signal: at once, after cleaning up, and by that signal."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

T = TypeVar("T")

STOP_SIGNALS = tuple(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")
    if hasattr(signal, name)
)

_POLL_SECONDS = 0.2

_CLEANUP_SECONDS = 1.0
"""Time that stopped work has to clean up."""

_SHOW_CURSOR = "\033[?25h"


class StopRequested(BaseException):
    """Raised in the main thread, wherever it is, by a stop signal."""

    def __init__(self, signal_number: int) -> None:
        super().__init__(signal_number)
        self.signal_number = signal_number


@contextmanager
def exit_on_stop_signals() -> Iterator[None]:
    """On a stop signal, raise `StopRequested` in the context, and then end by that signal.

    In between, the context can clean up, and no further signal interrupts it. Signals that are
    ignored, as under nohup, stay ignored. For the main thread only.
    """

    is_requested = False

    def stop(signal_number: int, frame: FrameType | None) -> None:
        nonlocal is_requested
        if not is_requested:
            is_requested = True
            raise StopRequested(signal_number)

    previous = {}
    for number in STOP_SIGNALS:
        handler = signal.getsignal(number)
        if handler is not signal.SIG_IGN:
            previous[number] = handler
    for number in previous:
        signal.signal(number, stop)
    try:
        yield
    except StopRequested as request:
        _exit_by(request.signal_number)
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def run_until_stopped(work: Callable[[], T], stop: Callable[[], bool]) -> T:
    """Run `work` in a thread of its own, and return its result or raise its exception.

    On a stop signal, even while native code is running, `stop` is called, and then this process
    ends by that signal. `stop` returns whether `work` has to clean up. For the main thread only.
    """
    outcomes: list[tuple[T, None] | tuple[None, BaseException]] = []
    # Not the thread's `join`, which considers the thread ended after a signal interrupts it.
    is_done = threading.Event()

    def run() -> None:
        try:
            outcomes.append((work(), None))
        except BaseException as error:
            outcomes.append((None, error))
        is_done.set()

    with exit_on_stop_signals():
        threading.Thread(target=run, daemon=True).start()
        try:
            # Several short waits, because a signal just before a wait does not interrupt it.
            while not is_done.wait(_POLL_SECONDS):
                pass
        except StopRequested:
            if stop():
                is_done.wait(_CLEANUP_SECONDS)
            raise
    value, error = outcomes[0]
    if error is not None:
        raise error
    return value  # type: ignore[return-value]


def stop_when_closed(descriptor: int) -> None:
    """Stop this process when the pipe `descriptor` has no writers any more."""

    def wait() -> None:
        os.read(descriptor, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()


def show_cursor() -> None:
    """Show the terminal's cursor again after an interrupted progress bar."""
    if sys.stderr.isatty():
        sys.stderr.write(_SHOW_CURSOR)
        sys.stderr.flush()


def _exit_by(signal_number: int) -> None:
    show_cursor()
    sys.stdout.flush()
    signal.signal(signal_number, signal.SIG_DFL)
    os.kill(os.getpid(), signal_number)
    # The first process in a container is not ended by signals that it does not handle.
    os._exit(128 + signal_number)
