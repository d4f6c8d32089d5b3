"""Pieces follow each other without silence that nobody asked for, and without clicks."""

import numpy as np
import pytest

from app.tts.joins import FADE, LEAD, TAIL, silence, trim
from app.tts.types import SAMPLE_RATE, Samples


def tone(seconds: float) -> Samples:
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return (0.3 * np.sin(2 * np.pi * 220 * time)).astype(np.float32)


def test_silence_around_speech_is_trimmed_to_a_margin() -> None:
    trimmed = trim(np.concatenate([silence(0.4), tone(1), silence(0.5)]))
    assert len(trimmed) == LEAD + SAMPLE_RATE + TAIL
    assert np.array_equal(trimmed[LEAD : LEAD + SAMPLE_RATE], tone(1))


@pytest.mark.parametrize("noise", [0, 1e-3])
def test_speech_that_fills_the_run_is_faded_at_both_ends(noise: float) -> None:
    trimmed = trim(tone(0.5) + np.float32(noise))
    assert trimmed[0] == trimmed[-1] == 0
    assert np.abs(np.diff(trimmed[:FADE])).max() <= np.abs(np.diff(tone(0.5))).max()


def test_what_came_in_is_left_as_it_was() -> None:
    samples = tone(0.1)
    trim(samples)
    assert np.array_equal(samples, tone(0.1))


@pytest.mark.parametrize("samples", [silence(0), silence(0.3), tone(0.001)])
def test_sound_too_short_or_silent_passes(samples: Samples) -> None:
    assert len(trim(samples)) == len(samples)


def test_a_quiet_voice_is_not_taken_for_silence() -> None:
    quiet = np.concatenate([silence(0.2), tone(0.5) * np.float32(0.003), silence(0.2)])
    assert len(trim(quiet)) >= 0.5 * SAMPLE_RATE
