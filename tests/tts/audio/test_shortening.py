"""Runs are shortened to their tempo together with the times of words, whole and in a stream."""

from collections.abc import Sequence
from itertools import takewhile

import numpy as np
import pytest

from app.tts.audio.shortening import Shortener
from app.tts.types import SAMPLE_RATE, AudioSegment, Interval, Samples

RANDOM = np.random.default_rng(2)
SOUND = RANDOM.normal(0, 0.1, 2 * SAMPLE_RATE).astype(np.float32)
WORDS: list[Interval | None] = [(0.0, 0.4), (0.4, 0.43), None, (0.5, 1.2), (1.25, 1.9), None]


def ended(words: Sequence[Interval | None], heard: float) -> list[Interval | None]:
    return list(takewhile(lambda word: word is None or word[1] <= heard, words))


def run(tempo: float, window: float, offset: float = 0.0) -> list[AudioSegment]:
    """Return two seconds in windows, each with the words that have ended by its end."""
    size, told, segments = round(window * SAMPLE_RATE), 0, []
    for at in range(0, len(SOUND), size):
        samples, is_last = SOUND[at : at + size], at + size >= len(SOUND)
        times = WORDS[told:] if is_last else ended(WORDS[told:], (at + size) / SAMPLE_RATE)
        told += len(times)
        moved = tuple(time and (time[0] + offset, time[1] + offset) for time in times)
        segments.append(AudioSegment(samples, is_last, tempo=tempo, times=moved))
    return segments


def played(segments: list[AudioSegment]) -> Samples:
    return np.concatenate([segment.samples for segment in segments])


def told(segments: list[AudioSegment]) -> list[Interval | None]:
    """Return the times of all words; none is told before it was heard."""
    times: list[Interval | None] = []
    heard = 0
    for segment in segments:
        heard += len(segment.samples)
        assert segment.times is not None
        assert all(time is None or time[1] <= heard / SAMPLE_RATE for time in segment.times)
        times += segment.times
    return times


@pytest.mark.parametrize("window", [0.05, 0.3, 2.0])
def test_at_a_tempo_of_one_nothing_changes(window: float) -> None:
    came = run(1.0, window)
    shortened = list(Shortener().shortened(came))
    assert shortened == came


@pytest.mark.parametrize("tempo", [1.8, 3.0, 4.0])
@pytest.mark.parametrize("window", [0.01, 0.05, 0.3, 2.0])
def test_a_run_is_as_much_shorter_as_its_tempo_says_and_so_are_its_words(
    window: float, tempo: float
) -> None:
    shortened = list(Shortener().shortened(run(tempo, window)))
    assert len(played(shortened)) == round(len(SOUND) / tempo)
    assert [segment.is_last for segment in shortened].count(True) == 1
    for time, word in zip(told(shortened), WORDS, strict=True):
        if word is None:
            assert time is None
        else:
            assert time == pytest.approx((word[0] / tempo, word[1] / tempo), abs=1e-4)
            assert time[0] < time[1]


def test_a_stream_is_the_same_sound_as_the_whole() -> None:
    whole, stream = (list(Shortener().shortened(run(3.0, window))) for window in (2.0, 0.1))
    assert len(stream) > 10
    assert np.array_equal(played(whole), played(stream))


def test_the_next_run_goes_on_where_the_last_one_ended_whatever_its_tempo() -> None:
    shortener = Shortener()
    first = list(shortener.shortened(run(2.0, 0.3)))
    second = list(shortener.shortened(run(4.0, 0.3, offset=2.0)))
    (start, end), *_ = told_after(second, len(played(first)) / SAMPLE_RATE)
    assert (start, end) == pytest.approx((1.0, 1.1), abs=1e-4)


def told_after(segments: list[AudioSegment], before: float) -> list[Interval]:
    times = [time for segment in segments for time in segment.times or () if time is not None]
    assert times[-1][1] <= before + len(played(segments)) / SAMPLE_RATE
    return times


@pytest.mark.parametrize("offset", [0.1 + number / 7 for number in range(8)])
def test_at_a_tempo_of_one_nothing_changes_in_a_later_run_either(offset: float) -> None:
    """Its times begin at the end of the run before, at a sum of floats that may be rounded."""
    shortener = Shortener()
    before = np.zeros(round(offset * SAMPLE_RATE), np.float32)
    list(shortener.shortened([AudioSegment(before, is_last=True)]))
    came = run(1.0, 0.05, offset=len(before) / SAMPLE_RATE)
    shortened = list(shortener.shortened(came))
    for ours, theirs in zip(shortened, came, strict=True):
        assert [*map(bool, ours.times or ())] == [*map(bool, theirs.times or ())]


def test_what_is_not_timed_stays_so() -> None:
    (segment,) = Shortener().shortened([AudioSegment(SOUND, is_last=True, tempo=3.0)])
    assert segment.times is None
