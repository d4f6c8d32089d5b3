"""Work in a native thread is waited for, whatever happens to its caller."""

import threading

import pytest

from app.scheduling.native_threads import NativeThreads


@pytest.mark.usefixtures("quick_polls")
def test_what_is_raised_while_waiting_is_raised_once_the_work_is_done() -> None:
    may_end, ended = threading.Event(), threading.Event()
    calls: list[int] = []

    def work() -> None:
        may_end.wait()
        ended.set()

    def on_wait() -> None:
        calls.append(len(calls))
        if len(calls) == 3:
            may_end.set()
        raise KeyError(calls[-1])

    with pytest.raises(KeyError, match="0"):
        NativeThreads(1).run(work, on_wait)
    assert ended.is_set()
    assert len(calls) >= 3


def test_what_work_raises_is_raised_to_its_caller() -> None:
    with pytest.raises(ZeroDivisionError):
        NativeThreads(1).run(lambda: 1 // 0)


def test_a_library_that_ends_the_program_does_not_end_the_server() -> None:
    with pytest.raises(RuntimeError, match="would have ended the process: no model"):
        NativeThreads(1).run(lambda: exit_for_want_of("no model"))


def exit_for_want_of(something: str) -> None:
    raise SystemExit(something)
