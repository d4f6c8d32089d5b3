"""Lengths fall with speed, without a jump where the time scale takes over from the model."""

import numpy as np
import pytest

from app.tts.audio.tempo import EXACT_FROM, MODEL_LIMIT, length_at, model_speed
from app.tts.types import MAX_SPEED, MIN_SPEED


@pytest.mark.parametrize("speed", [MIN_SPEED, 0.5, 1.0, 1.1, MODEL_LIMIT])
def test_up_to_its_limit_the_model_speaks_as_fast_as_it_is_asked_to(speed: float) -> None:
    assert model_speed(speed) == speed


@pytest.mark.parametrize("speed", [MODEL_LIMIT + 0.01, 3.0, MAX_SPEED])
def test_beyond_its_limit_the_model_speaks_at_its_best(speed: float) -> None:
    assert model_speed(speed) == 1


@pytest.mark.parametrize("at_limit", [0.8, 0.85, 0.88, 0.93])
def test_lengths_fall_steadily_from_those_of_the_model_to_exact_ones(at_limit: float) -> None:
    speeds = np.linspace(MODEL_LIMIT + 1e-6, MAX_SPEED, 400)
    lengths = np.array([length_at(speed, 1.0, at_limit) for speed in speeds])
    assert lengths[0] == pytest.approx(at_limit, rel=1e-4)
    assert (np.diff(lengths) < 0).all()
    assert np.abs(np.diff(lengths) / lengths[:-1]).max() < 0.01
    is_exact = speeds >= EXACT_FROM
    assert lengths[is_exact] == pytest.approx(1 / speeds[is_exact])
