"""The clock knows how much audio a listener has left, and when that runs out."""

import pytest

from app.scheduling import playback
from app.scheduling.playback import AHEAD_SECONDS, PlaybackClock


class Time:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    still = Time()
    monkeypatch.setattr(playback, "time", still)
    return still


def test_audio_runs_out_as_it_is_played(time: Time) -> None:
    clock = PlaybackClock(is_streamed=True)
    assert clock.slack() == 0
    time.now += 2
    clock.add(1.5)
    assert clock.slack() == 1.5
    time.now += 1
    clock.add(0.5)
    assert clock.slack() == 1.0
    assert clock.deadline == time.now + 1
    time.now += 3
    assert clock.slack() == 0


def test_waiting_for_the_first_sound_is_no_gap_and_a_late_chunk_is_one(time: Time) -> None:
    clock = PlaybackClock(is_streamed=True)
    time.now += 5
    clock.add(1)
    assert not clock.ran_dry
    time.now += 1.1
    clock.add(1)
    assert clock.ran_dry
    time.now += 0.5
    clock.add(1)
    assert not clock.ran_dry


def test_a_listener_that_ran_dry_gets_no_credit_for_the_time_it_waited(time: Time) -> None:
    dry = PlaybackClock(is_streamed=True)
    dry.add(1)
    time.now += 10
    newcomer = PlaybackClock(is_streamed=True)
    dry.add(1)
    assert newcomer.deadline < dry.deadline
    assert dry.slack() == 1


def test_slack_is_shared_with_all_requests_in_progress(time: Time) -> None:
    clock = PlaybackClock(is_streamed=True, sharers=lambda: 4)
    clock.add(2)
    assert clock.patience() == 0.5


def test_a_reader_slower_than_its_playback_is_not_taken_for_one_that_ran_dry(time: Time) -> None:
    clock = PlaybackClock(is_streamed=True)
    clock.add(1)
    time.now += 60  # only now has it read that second
    clock.ask()
    newcomer = PlaybackClock(is_streamed=True)
    assert newcomer.deadline <= clock.deadline
    assert clock.can_wait()
    time.now += 3  # the next chunk is being made
    clock.add(1)
    assert not clock.ran_dry


def test_before_the_first_sound_the_time_of_arrival_counts(time: Time) -> None:
    early = PlaybackClock(is_streamed=True)
    time.now += 1
    late = PlaybackClock(is_streamed=True)
    time.now += 1
    early.ask()
    late.ask()
    assert early.deadline < late.deadline


@pytest.mark.parametrize(
    ("is_streamed", "seconds", "can_wait"),
    [
        (True, 0, False),
        (True, 1, False),
        (True, AHEAD_SECONDS, True),
        (False, 0, True),
        (False, 1, True),
    ],
)
def test_a_stream_that_is_ahead_can_wait_and_so_can_a_whole_reply(
    time: Time, is_streamed: bool, seconds: float, can_wait: bool
) -> None:
    clock = PlaybackClock(is_streamed=is_streamed)
    if seconds:
        clock.add(seconds)
    assert clock.can_wait() == can_wait


@pytest.mark.parametrize(("requests", "sharers"), [(0.5, 1), (1, 1), (4, 4)])
def test_slack_is_shared_with_one_request_at_least(
    time: Time, requests: float, sharers: float
) -> None:
    clock = PlaybackClock(is_streamed=True, sharers=lambda: requests)
    clock.add(2)
    assert clock.sharers() == sharers
    assert clock.patience() == 2 / sharers
