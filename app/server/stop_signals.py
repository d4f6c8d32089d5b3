"""Ends a command or a start that is told to stop: at once, tidily, and as the caller expects."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

T = TypeVar("T")

STOPS = tuple(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")
    if hasattr(signal, name)
)

_LOOK_SECONDS = 0.2

_TIDY_SECONDS = 1.0
"""How long what was stopped may take to tidy up."""

_SHOW_CURSOR = "\033[?25h"


class ToldToStop(BaseException):
    """Raised in the main thread where a signal finds it."""

    def __init__(self, signal_number: int) -> None:
        super().__init__(signal_number)
        self.signal_number = signal_number


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Raise `ToldToStop` in the context when a signal says stop, and then end by that signal.

    What the context has to tidy up is done in between, and no further signal interrupts it. Signals
    that are ignored, as nohup has it, stay so. For the main thread only.
    """

    is_told = False

    def stop(signal_number: int, frame: FrameType | None) -> None:
        nonlocal is_told
        if not is_told:
            is_told = True
            raise ToldToStop(signal_number)

    previous = {}
    for number in STOPS:
        handler = signal.getsignal(number)
        if handler is not signal.SIG_IGN:
            previous[number] = handler
    for number in previous:
        signal.signal(number, stop)
    try:
        yield
    except ToldToStop as told:
        _end_by(told.signal_number)
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def run_until_stopped(work: Callable[[], T], stop: Callable[[], bool]) -> T:
    """Return what `work` does in a thread of its own, or raise what it raises.

    When a signal says stop, even while native code is running, `stop` is called, and then this
    process ends by that signal. `stop` returns whether `work` now has to tidy up. For the main
    thread only.
    """
    outcomes: list[tuple[T, None] | tuple[None, BaseException]] = []
    # Not the thread's `join`: when a signal interrupts it, it takes the thread for ended.
    is_done = threading.Event()

    def run() -> None:
        try:
            outcomes.append((work(), None))
        except BaseException as error:
            outcomes.append((None, error))
        is_done.set()

    with ended_by_signals():
        threading.Thread(target=run, daemon=True).start()
        try:
            # Not forever: a signal that comes just before the wait does not interrupt it.
            while not is_done.wait(_LOOK_SECONDS):
                pass
        except ToldToStop:
            if stop():
                is_done.wait(_TIDY_SECONDS)
            raise
    value, error = outcomes[0]
    if error is not None:
        raise error
    return value  # type: ignore[return-value]


def end_with(descriptor: int) -> None:
    """Tell this process to stop when nobody can write to the pipe `descriptor` any more."""

    def wait() -> None:
        os.read(descriptor, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()


def show_cursor() -> None:
    """Undo what a progress bar that was cut off has done to the terminal."""
    if sys.stderr.isatty():
        sys.stderr.write(_SHOW_CURSOR)
        sys.stderr.flush()


def _end_by(signal_number: int) -> None:
    show_cursor()
    sys.stdout.flush()
    signal.signal(signal_number, signal.SIG_DFL)
    os.kill(os.getpid(), signal_number)
    # The first process of a container is not ended by signals that it does not handle.
    os._exit(128 + signal_number)
