"""Pieces follow each other without unwanted silence and without clicks."""

import numpy as np
import pytest

from app.tts.audio.trimming import FADE, LEAD, LEAST_PEAK, LEVEL_FRAME, TAIL, silence, trimmed
from app.tts.types import SAMPLE_RATE, AudioSegment, Samples


def tone(seconds: float) -> Samples:
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return (0.3 * np.sin(2 * np.pi * 220 * time)).astype(np.float32)


def trim(samples: Samples, window: int = 0) -> Samples:
    """Trim `samples`, at once or as they come in windows."""
    window = window or max(1, len(samples))
    segments = [
        AudioSegment(samples[start : start + window].copy(), start + window >= len(samples))
        for start in range(0, max(1, len(samples)), window)
    ]
    return np.concatenate([segment.samples for segment in trimmed(segments)])


def test_silence_around_speech_is_trimmed_to_a_margin() -> None:
    kept = trim(np.concatenate([silence(0.4), tone(1), silence(0.5)]))
    assert len(kept) == LEAD + SAMPLE_RATE + TAIL
    assert np.array_equal(kept[LEAD : LEAD + SAMPLE_RATE], tone(1))


@pytest.mark.parametrize("window", [100, LEVEL_FRAME, 1000, 9600, 12_345, 50_000])
def test_speech_that_comes_in_windows_is_trimmed_as_if_it_came_at_once(window: int) -> None:
    pauses = [silence(0.4), tone(0.5), silence(0.3), tone(0.5), silence(0.5)]
    samples = np.concatenate(pauses)
    assert np.array_equal(trim(samples, window), trim(samples))


def test_a_stream_is_not_held_back_once_speech_began() -> None:
    segments = (AudioSegment(tone(0.4), False) for _ in range(3))
    played = sum(len(segment.samples) for segment in trimmed(segments))
    assert played >= 1.2 * SAMPLE_RATE - LEVEL_FRAME - FADE


def test_a_pause_within_a_stream_is_kept_and_its_end_is_marked() -> None:
    parts = [tone(0.4), silence(0.4), tone(0.4)]
    came = [AudioSegment(part, number == 2) for number, part in enumerate(parts)]
    segments = list(trimmed(came))
    assert [segment.is_last for segment in segments][-1]
    assert not any(segment.is_last for segment in segments[:-1])
    assert sum(len(segment.samples) for segment in segments) == round(1.2 * SAMPLE_RATE)


@pytest.mark.parametrize("window", [100, 9600, 50_000])
def test_stretches_say_where_in_their_run_they_lie(window: int) -> None:
    samples = np.concatenate([silence(0.4), tone(0.5), silence(0.3), tone(0.5), silence(0.5)])
    before = 7 * LEVEL_FRAME
    came = [
        AudioSegment(samples[at : at + window].copy(), at + window >= len(samples), before + at)
        for at in range(0, len(samples), window)
    ]
    for segment in trimmed(came):
        start = segment.start - before
        kept = segment.samples[FADE:-FADE]
        assert np.array_equal(kept, samples[start + FADE : start + FADE + len(kept)])


@pytest.mark.parametrize("noise", [0, 1e-3])
def test_speech_that_fills_the_run_is_faded_at_both_ends(noise: float) -> None:
    kept = trim(tone(0.5) + np.float32(noise))
    assert kept[0] == kept[-1] == 0
    assert np.abs(np.diff(kept[:FADE])).max() <= np.abs(np.diff(tone(0.5))).max()


@pytest.mark.parametrize("samples", [silence(0), silence(0.3), tone(0.001)])
def test_sound_too_short_or_silent_passes(samples: Samples) -> None:
    assert len(trim(samples)) == len(samples)


def test_a_quiet_voice_is_not_taken_for_silence() -> None:
    quiet = np.concatenate([silence(0.2), tone(0.5) * np.float32(0.003), silence(0.2)])
    assert len(trim(quiet)) >= 0.5 * SAMPLE_RATE


def test_a_whisper_before_the_first_loud_sound_of_a_stream_is_no_speech_yet() -> None:
    breath = tone(0.4) * np.float32(LEAST_PEAK / 100)
    kept = trim(np.concatenate([breath, tone(0.4)]), len(breath))
    assert len(kept) == LEAD + len(tone(0.4))
