"""The log-spectral distance agrees with the ear."""

import numpy as np
import pytest

from app.tts.prepare.spectral_distance import RANGE_DB, log_spectral_distance
from app.tts.types import Samples

NOISE = np.random.default_rng(0).normal(size=24_000).astype(np.float32)


def tone(hertz: float) -> Samples:
    return np.sin(2 * np.pi * hertz * np.arange(24_000) / 24_000).astype(np.float32)


def test_a_signal_is_no_distance_from_itself() -> None:
    assert log_spectral_distance(NOISE, NOISE) == 0


@pytest.mark.parametrize("decibels", [-6, -1, 3])
def test_a_change_of_level_is_a_distance_of_as_many_decibels(decibels: float) -> None:
    changed = NOISE * np.float32(10 ** (decibels / 20))
    assert log_spectral_distance(changed, NOISE) == pytest.approx(abs(decibels), abs=0.01)


def test_another_tone_is_farther_away_than_a_detuned_one() -> None:
    detuned = log_spectral_distance(tone(441), tone(440))
    assert detuned < log_spectral_distance(tone(880), tone(440))


def test_what_cannot_be_heard_does_not_count() -> None:
    faint = NOISE * np.float32(10 ** (-(RANGE_DB + 60) / 20))
    assert log_spectral_distance(tone(440) + faint, tone(440)) < 0.1


def test_a_sound_shorter_than_a_frame_is_compared_too() -> None:
    assert log_spectral_distance(NOISE[:100] * 2, NOISE[:100]) == pytest.approx(6.02, abs=0.01)
