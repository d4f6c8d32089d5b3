"""Times of words come from the durations of tokens, and beside pauses from the audio."""

from collections.abc import Sequence

import numpy as np
import pytest

from app.tts.model.acoustic import MODEL_FRAME
from app.tts.text.written_words import Source
from app.tts.types import SAMPLE_RATE, AudioSegment, Interval, Samples, TimedWord
from app.tts.word_times import EARLY, WordClock, WrittenTimes

DURATIONS = np.array([4, 10, 2, 10, 10, 4], np.float32)
"""Frames of 25 ms: padding, a word, a mark, two words, padding."""

WORDS = [(0, 1), (2, 3), (3, 4)]
SECONDS = 1.0


def speech(*silences: tuple[float, float]) -> Samples:
    """Return a second of sound with silences between these times."""
    samples = np.full(SAMPLE_RATE, 0.3, np.float32)
    for start, end in silences:
        samples[round(start * SAMPLE_RATE) : round(end * SAMPLE_RATE)] = 0
    return samples


def segments(samples: Samples, window: float = SECONDS, start: int = 0) -> list[AudioSegment]:
    size = round(window * SAMPLE_RATE)
    return [
        AudioSegment(samples[at : at + size], at + size >= len(samples), start + at, DURATIONS)
        for at in range(0, len(samples), size)
    ]


def times(
    came: list[AudioSegment], words: Sequence[tuple[int, int]] = WORDS
) -> list[Interval | None]:
    told: list[Interval | None] = []
    for segment in WordClock(words).timed(came, len(DURATIONS) - 2):
        told += segment.times or ()
    return told


PAUSED = speech((0, 0.05), (0.2, 0.37), (0.92, 1))


def test_words_that_touch_a_pause_begin_and_end_with_the_sound() -> None:
    first, second, third = times(segments(PAUSED))
    assert first == pytest.approx((0.05, 0.2))
    assert second is not None
    assert third is not None
    assert second[0] == pytest.approx(0.37)
    assert third[1] == pytest.approx(0.92)


def test_words_without_a_pause_between_them_meet_where_the_sounds_change() -> None:
    _, second, third = times(segments(PAUSED))
    assert second is not None
    assert third is not None
    early = EARLY / SAMPLE_RATE
    assert second[1] == third[0] == pytest.approx(26 * MODEL_FRAME / SAMPLE_RATE - early)


def test_a_silence_within_a_word_is_none_of_its_ends() -> None:
    stopped = speech((0, 0.05), (0.12, 0.2), (0.3, 0.37), (0.92, 1))
    assert times(segments(stopped))[0] == pytest.approx((0.05, 0.3))


def test_what_was_cut_from_the_beginning_is_no_part_of_the_times() -> None:
    cut = round(0.01 * SAMPLE_RATE)
    whole, rest = times(segments(PAUSED)), times(segments(PAUSED[cut:], start=cut))
    for one, other in zip(whole, rest, strict=True):
        assert one is not None
        assert other == pytest.approx((one[0] - 0.01, one[1] - 0.01))


@pytest.mark.parametrize("window", [0.03, 0.1, 0.17, 0.31, 0.5])
def test_a_stream_is_told_the_same_times_never_beyond_what_it_has(window: float) -> None:
    came = segments(PAUSED, window)
    told: list[Interval | None] = []
    heard = 0
    for segment in WordClock(WORDS).timed(came, len(DURATIONS) - 2):
        heard += len(segment.samples)
        assert segment.times is not None
        told += segment.times
        assert all(time is None or time[1] <= heard / SAMPLE_RATE for time in segment.times)
    assert told == times(segments(PAUSED))


def test_a_word_that_has_ended_before_a_pause_is_told_before_the_next_one_sounds() -> None:
    first, *_ = WordClock(WORDS).timed(segments(PAUSED, 0.36), len(DURATIONS) - 2)
    assert first.times == (pytest.approx((0.05, 0.2)),)


def test_the_next_run_goes_on_where_the_last_one_ended() -> None:
    clock = WordClock([*WORDS, *((start + 4, end + 4) for start, end in WORDS)])
    one, other = (next(clock.timed(segments(PAUSED), 4)) for _ in range(2))
    assert one.times is not None
    assert other.times is not None
    for before, after in zip(one.times, other.times, strict=True):
        assert before is not None
        assert after == pytest.approx((before[0] + SECONDS, before[1] + SECONDS))


def test_a_word_without_tokens_has_no_time_and_takes_none_from_others() -> None:
    with_silent = [WORDS[0], (1, 1), *WORDS[1:]]
    first, silent, *rest = times(segments(PAUSED), with_silent)
    assert silent is None
    assert [first, *rest] == times(segments(PAUSED))


@pytest.mark.parametrize("samples", [speech((0, 1)), speech(), speech()[:100], speech()[:0]])
def test_times_rise_within_the_audio_whatever_it_is_like(samples: Samples) -> None:
    ends = [0.0]
    for time in times([AudioSegment(samples, True, 0, DURATIONS)]):
        assert time is not None
        ends += time
    assert ends == sorted(ends)
    assert ends[-1] <= len(samples) / SAMPLE_RATE


def test_what_is_said_for_one_written_word_is_told_as_one_when_it_has_ended() -> None:
    written = WrittenTimes()
    written.begin([Source("$5", True, False), Source("$5", False, True), Source("or", True, True)])
    assert written.feed([(0.1, 0.2)], SAMPLE_RATE) == ()
    assert written.feed([(0.2, 0.4), None], SAMPLE_RATE) == (TimedWord("$5", 0.1, 0.4),)


def test_a_written_word_may_go_on_in_the_next_piece() -> None:
    written = WrittenTimes()
    written.begin([Source("99", True, False)])
    assert written.feed([(0.1, 0.9)], SAMPLE_RATE) == ()
    written.begin([Source("99", False, True)])
    assert written.feed([(0.1, 0.5)], SAMPLE_RATE) == (TimedWord("99", 0.1, 1.5),)
