"""Turns go to the listener whose audio runs out first."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from app.scheduling import scheduler as turns_module
from app.scheduling.errors import ListenerGone
from app.scheduling.playback import AHEAD_SECONDS, PlaybackClock
from app.scheduling.scheduler import QueueFull, Scheduler

PATIENCE_SECONDS = 10


def clock(lead: float = 0.0, *, is_streamed: bool = True) -> PlaybackClock:
    """A clock of a listener with so many seconds of audio in hand."""
    made = PlaybackClock(is_streamed=is_streamed)
    if lead:
        made.add(lead)
    return made


class Waiter:
    """Somebody who waits for a turn in a thread, and says when it came."""

    def __init__(
        self, scheduler: Scheduler, name: str, own: PlaybackClock, order: list[str]
    ) -> None:
        self.granted, self._leave = threading.Event(), threading.Event()
        self._scheduler, self._name, self._clock, self._order = scheduler, name, own, order
        waiting = repr(scheduler)
        self._thread = threading.Thread(target=self._wait, daemon=True)
        self._thread.start()
        while repr(scheduler) == waiting:
            time.sleep(0.001)

    def _wait(self) -> None:
        with self._scheduler.turn(self._clock):
            self._order.append(self._name)
            self.granted.set()
            self._leave.wait(PATIENCE_SECONDS)

    def leave(self) -> None:
        self._leave.set()
        self._thread.join(PATIENCE_SECONDS)


@contextmanager
def one_working(scheduler: Scheduler, own: PlaybackClock) -> Iterator[Waiter]:
    worker = Waiter(scheduler, "worker", own, [])
    assert worker.granted.wait(PATIENCE_SECONDS)
    try:
        yield worker
    finally:
        worker.leave()


def test_the_listener_whose_audio_runs_out_first_goes_next() -> None:
    scheduler, order = Scheduler(1, 32), []
    with one_working(scheduler, clock()) as worker:
        waiters = [Waiter(scheduler, str(lead), clock(lead), order) for lead in (3, 1, 4, 2)]
        worker.leave()
        for lead in (1, 2, 3, 4):
            waiter = next(w for w in waiters if w._name == str(lead))
            assert waiter.granted.wait(PATIENCE_SECONDS)
            waiter.leave()
    assert order == ["1", "2", "3", "4"]


def test_a_newcomer_goes_before_a_stream_that_is_ahead_of_its_listener() -> None:
    scheduler, order = Scheduler(1, 32), []
    with one_working(scheduler, clock()) as worker:
        ahead = Waiter(scheduler, "ahead", clock(2.0), order)
        newcomer = Waiter(scheduler, "newcomer", clock(), order)
        worker.leave()
        assert newcomer.granted.wait(PATIENCE_SECONDS)
        assert not ahead.granted.is_set()
        newcomer.leave()
        ahead.leave()


@pytest.mark.parametrize(
    ("lead", "is_streamed"), [(2 * AHEAD_SECONDS, True), (0.1, False), (0, False)]
)
def test_a_newcomer_works_beside_one_who_is_in_no_hurry(lead: float, is_streamed: bool) -> None:
    scheduler = Scheduler(1, 32)
    with one_working(scheduler, clock(lead, is_streamed=is_streamed)):
        newcomer = Waiter(scheduler, "newcomer", clock(), [])
        assert newcomer.granted.wait(PATIENCE_SECONDS)
        second = Waiter(scheduler, "second", clock(), [])
        assert not second.granted.wait(0.05)
        newcomer.leave()
        second.leave()


@pytest.mark.parametrize("lead", [0, AHEAD_SECONDS / 2])
def test_nobody_works_beside_one_whose_listener_is_waiting(lead: float) -> None:
    scheduler = Scheduler(1, 32)
    with one_working(scheduler, clock(lead)) as working:
        newcomer = Waiter(scheduler, "newcomer", clock(), [])
        assert not newcomer.granted.wait(0.05)
        working.leave()
        assert newcomer.granted.wait(PATIENCE_SECONDS)
        newcomer.leave()


@pytest.mark.parametrize(
    ("lead", "is_streamed"), [(2 * AHEAD_SECONDS, True), (0.1, False), (0, False)]
)
def test_who_is_in_no_hurry_works_beside_nobody(lead: float, is_streamed: bool) -> None:
    scheduler = Scheduler(1, 32)
    with one_working(scheduler, clock(2 * AHEAD_SECONDS)):
        patient = Waiter(scheduler, "patient", clock(lead, is_streamed=is_streamed), [])
        assert not patient.granted.wait(0.05)
    assert patient.granted.wait(PATIENCE_SECONDS)
    patient.leave()


def test_who_becomes_impatient_while_waiting_is_let_beside(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turns_module, "GLANCE_SECONDS", 0.01)
    scheduler = Scheduler(1, 32)
    with one_working(scheduler, clock(0.1, is_streamed=False)):
        stream = Waiter(scheduler, "stream", clock(AHEAD_SECONDS + 0.1), [])
        assert not stream.granted.is_set()
        # Before the other one leaves, which it does after all of the patience.
        assert stream.granted.wait(PATIENCE_SECONDS / 2)
        stream.leave()


@pytest.mark.parametrize("workers", [1, 2])
def test_a_long_request_gets_its_turn_while_short_ones_keep_coming(workers: int) -> None:
    scheduler, order = Scheduler(workers, 32), []
    working = [
        Waiter(scheduler, str(number), clock(is_streamed=False), []) for number in range(workers)
    ]
    long = Waiter(scheduler, "long", clock(0.5, is_streamed=False), order)
    for number in range(20):
        newcomer = Waiter(scheduler, f"short {number}", clock(is_streamed=False), order)
        working.pop(0).leave()
        working.append(newcomer)
        time.sleep(0.05)
        if long.granted.is_set():
            break
    assert long.granted.is_set()
    for waiter in (long, *working):
        waiter.leave()


def test_a_full_queue_turns_newcomers_away_and_keeps_who_has_begun() -> None:
    scheduler = Scheduler(1, 0)
    with one_working(scheduler, clock()):
        with pytest.raises(QueueFull), scheduler.turn(clock()):
            pass
        begun = Waiter(scheduler, "begun", clock(1.0), [])
    assert begun.granted.wait(PATIENCE_SECONDS)
    begun.leave()
    assert repr(scheduler) == "<working=0 waiting=0>"


def test_who_goes_away_while_waiting_leaves_the_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns_module, "GLANCE_SECONDS", 0.01)
    scheduler = Scheduler(1, 32)
    glances = iter([False, False, True])

    def check() -> None:
        if next(glances):
            raise ListenerGone

    with (
        one_working(scheduler, clock()),
        pytest.raises(ListenerGone),
        scheduler.turn(clock(), check),
    ):
        pass
    assert repr(scheduler) == "<working=0 waiting=0>"


def test_a_failure_to_tell_of_a_change_leaves_nobody_waiting() -> None:
    def fail(working: int, waiting: int) -> None:
        if waiting or working:
            raise ZeroDivisionError

    scheduler = Scheduler(1, 32, fail)
    with pytest.raises(ZeroDivisionError), scheduler.turn(clock()):
        pass
    assert repr(scheduler) == "<working=0 waiting=0>"
