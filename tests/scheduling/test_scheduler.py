"""Turns go to the listener whose audio runs out first."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from app.scheduling import scheduler as scheduler_module
from app.scheduling.errors import ListenerGone, QueueFull
from app.scheduling.playback import AHEAD_SECONDS, PlaybackClock
from app.scheduling.scheduler import Scheduler

WAIT_SECONDS = 10


def clock(slack: float = 0.0, *, is_streamed: bool = True) -> PlaybackClock:
    """Return the clock of a listener with so many seconds of audio left."""
    made = PlaybackClock(is_streamed=is_streamed)
    if slack:
        made.add(slack)
    return made


def counts(scheduler: Scheduler) -> tuple[int, int]:
    return scheduler.working, scheduler.waiting


class Waiter:
    """A request that waits for a turn in a thread, and adds its name to `order` when it comes."""

    def __init__(
        self, scheduler: Scheduler, name: str, own: PlaybackClock, order: list[str]
    ) -> None:
        self.granted, self._leave = threading.Event(), threading.Event()
        self._scheduler, self._name, self._clock, self._order = scheduler, name, own, order
        before = counts(scheduler)
        self._thread = threading.Thread(target=self._wait, daemon=True)
        self._thread.start()
        while counts(scheduler) == before:
            time.sleep(0.001)

    def _wait(self) -> None:
        with self._scheduler.turn(self._clock):
            self._order.append(self._name)
            self.granted.set()
            self._leave.wait(WAIT_SECONDS)

    def leave(self) -> None:
        self._leave.set()
        self._thread.join(WAIT_SECONDS)


@contextmanager
def one_working(scheduler: Scheduler, own: PlaybackClock) -> Iterator[Waiter]:
    worker = Waiter(scheduler, "worker", own, [])
    assert worker.granted.wait(WAIT_SECONDS)
    try:
        yield worker
    finally:
        worker.leave()


def test_the_listener_whose_audio_runs_out_first_goes_next() -> None:
    scheduler, order = Scheduler(1, 32), []
    with one_working(scheduler, clock()) as worker:
        waiters = [Waiter(scheduler, str(slack), clock(slack), order) for slack in (3, 1, 4, 2)]
        worker.leave()
        for slack in (1, 2, 3, 4):
            waiter = next(w for w in waiters if w._name == str(slack))
            assert waiter.granted.wait(WAIT_SECONDS)
            waiter.leave()
    assert order == ["1", "2", "3", "4"]


def test_a_newcomer_goes_before_a_stream_that_is_ahead_of_its_listener() -> None:
    scheduler, order = Scheduler(1, 32), []
    with one_working(scheduler, clock()) as worker:
        ahead = Waiter(scheduler, "ahead", clock(2.0), order)
        newcomer = Waiter(scheduler, "newcomer", clock(), order)
        worker.leave()
        assert newcomer.granted.wait(WAIT_SECONDS)
        assert not ahead.granted.is_set()
        newcomer.leave()
        ahead.leave()


@pytest.mark.parametrize(
    ("slack", "is_streamed"), [(2 * AHEAD_SECONDS, True), (0.1, False), (0, False)]
)
def test_a_newcomer_works_beside_a_request_that_can_wait(slack: float, is_streamed: bool) -> None:
    scheduler = Scheduler(1, 32)
    with one_working(scheduler, clock(slack, is_streamed=is_streamed)):
        newcomer = Waiter(scheduler, "newcomer", clock(), [])
        assert newcomer.granted.wait(WAIT_SECONDS)
        second = Waiter(scheduler, "second", clock(), [])
        assert not second.granted.wait(0.05)
        newcomer.leave()
        second.leave()


@pytest.mark.parametrize("slack", [0, AHEAD_SECONDS / 2])
def test_nobody_works_beside_a_request_that_cannot_wait(slack: float) -> None:
    scheduler = Scheduler(1, 32)
    with one_working(scheduler, clock(slack)) as working:
        newcomer = Waiter(scheduler, "newcomer", clock(), [])
        assert not newcomer.granted.wait(0.05)
        working.leave()
        assert newcomer.granted.wait(WAIT_SECONDS)
        newcomer.leave()


@pytest.mark.parametrize(
    ("slack", "is_streamed"), [(2 * AHEAD_SECONDS, True), (0.1, False), (0, False)]
)
def test_a_request_that_can_wait_works_beside_nobody(slack: float, is_streamed: bool) -> None:
    scheduler = Scheduler(1, 32)
    with one_working(scheduler, clock(2 * AHEAD_SECONDS)):
        patient = Waiter(scheduler, "patient", clock(slack, is_streamed=is_streamed), [])
        assert not patient.granted.wait(0.05)
    assert patient.granted.wait(WAIT_SECONDS)
    patient.leave()


def test_a_request_whose_slack_shrinks_while_it_waits_gets_to_work_beside_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scheduler_module, "POLL_SECONDS", 0.01)
    scheduler = Scheduler(1, 32)
    with one_working(scheduler, clock(0.1, is_streamed=False)):
        stream = Waiter(scheduler, "stream", clock(AHEAD_SECONDS + 0.1), [])
        assert not stream.granted.is_set()
        # Sooner than the other one leaves, which it does after WAIT_SECONDS.
        assert stream.granted.wait(WAIT_SECONDS / 2)
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


def test_a_full_queue_turns_newcomers_away_and_keeps_requests_that_have_begun() -> None:
    scheduler = Scheduler(1, 0)
    with one_working(scheduler, clock()):
        with pytest.raises(QueueFull), scheduler.turn(clock()):
            pass
        begun = Waiter(scheduler, "begun", clock(1.0), [])
    assert begun.granted.wait(WAIT_SECONDS)
    begun.leave()
    assert counts(scheduler) == (0, 0)


def test_a_request_that_is_turned_away_is_told_when_the_work_before_it_is_done() -> None:
    scheduler = Scheduler(1, 0)
    own = clock()
    with one_working(scheduler, own):
        scheduler.backlog.begin(own, 1000)
        expected = scheduler.backlog.seconds_until_place("anybody")
        assert expected > 1
        with pytest.raises(QueueFull) as full, scheduler.turn(clock()):
            pass
        assert full.value.retry_after == expected


def test_a_request_that_is_interrupted_while_it_waits_leaves_the_queue(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scheduler_module, "POLL_SECONDS", 0.01)
    scheduler = Scheduler(1, 32)
    is_gone = iter([False, False, True])

    def on_wait() -> None:
        if next(is_gone):
            raise ListenerGone

    with (
        one_working(scheduler, clock()),
        pytest.raises(ListenerGone),
        scheduler.turn(clock(), on_wait),
    ):
        pass
    assert counts(scheduler) == (0, 0)


def test_a_failure_to_report_a_change_leaves_nobody_waiting() -> None:
    def fail(working: int, waiting: int) -> None:
        if waiting or working:
            raise ZeroDivisionError

    scheduler = Scheduler(1, 32, fail)
    with pytest.raises(ZeroDivisionError), scheduler.turn(clock()):
        pass
    assert counts(scheduler) == (0, 0)


def test_the_report_of_changes_ends_with_nobody_working() -> None:
    reports: list[tuple[int, int]] = []
    with Scheduler(1, 32, lambda *report: reports.append(report)).turn(clock()):
        assert reports[-1] == (1, 0)
    assert reports[-1] == (0, 0)


def test_it_shows_how_many_work_and_wait() -> None:
    scheduler = Scheduler(1, 32)
    with one_working(scheduler, clock()):
        waiting = Waiter(scheduler, "waiting", clock(), [])
        assert repr(scheduler) == "<working=1 waiting=1>"
    waiting.leave()
