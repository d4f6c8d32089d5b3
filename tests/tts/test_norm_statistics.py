"""Predicted statistics follow what goes in, stay finite, and exist for every voice."""

from pathlib import Path

import numpy as np
import pytest

from app.tts.acoustic import Utterance
from app.tts.errors import AssetError
from app.tts.norm_statistics import STATISTICS_FILE, StatisticsPredictor, traits
from app.tts.vocoder import Statistics
from app.tts.voices import CATALOGUE

RANDOM = np.random.default_rng(3)


def utterance(level: float = 1.0, frames: int = 40) -> Utterance:
    return Utterance(
        features=(level * RANDOM.normal(size=(1, 512, 2 * frames))).astype(np.float32),
        pitch=np.full((1, 2 * frames), 120.0, np.float32),
        phase=np.zeros((1, 9, 2 * frames), np.float32),
        durations=np.full(4, frames / 4, np.float32),
        style=np.zeros((1, 256), np.float32),
    )


@pytest.fixture(scope="module")
def predictor() -> StatisticsPredictor:
    return StatisticsPredictor.load()


@pytest.mark.parametrize("level", [0.0, 1.0, 100.0])
def test_every_voice_has_statistics_that_a_vocoder_can_use(
    predictor: StatisticsPredictor, level: float
) -> None:
    for voice in CATALOGUE:
        predicted = predictor.predict(voice, utterance(level))
        assert predicted is not None
        assert predicted.mean.dtype == predicted.variance.dtype == np.float32
        assert np.isfinite(predicted.mean).all()
        assert (predicted.variance > 0).all()


def test_another_utterance_is_expected_to_have_other_statistics(
    predictor: StatisticsPredictor,
) -> None:
    quiet, loud = (predictor.predict("af_heart", utterance(level)) for level in (0.5, 2.0))
    assert quiet is not None
    assert loud is not None
    assert not np.allclose(quiet.mean, loud.mean)


def test_a_voice_never_heard_of_is_known_by_its_first_utterance() -> None:
    predictor = StatisticsPredictor.load()
    heard = utterance()
    assert predictor.predict("custom", heard) is None
    measured = predictor.predict("af_heart", heard)
    assert measured is not None
    predictor.observe("custom", heard, measured)
    predictor.observe("custom", utterance(), Statistics(measured.mean + 1, measured.variance))
    predicted = predictor.predict("custom", heard)
    assert predicted is not None
    np.testing.assert_allclose(predicted.mean, measured.mean, rtol=1e-3)
    np.testing.assert_allclose(predicted.variance, measured.variance, rtol=1e-2)


def test_what_is_shipped_is_not_forgotten_for_what_is_heard() -> None:
    predictor = StatisticsPredictor.load()
    before = predictor.predict("af_heart", utterance())
    assert before is not None
    predictor.observe("af_heart", utterance(), Statistics(before.mean + 9, before.variance))
    after = predictor.predict("af_heart", utterance())
    assert after is not None
    assert np.abs(after.mean - before.mean).max() < 9


def test_a_mixed_voice_lies_between_those_it_is_made_of() -> None:
    predictor = StatisticsPredictor.load()
    predictor.mix("mixed", {"af_bella": 0.75, "am_onyx": 0.25})
    said = utterance()
    bella, onyx, mixed = (
        predictor.predict(voice, said) for voice in ("af_bella", "am_onyx", "mixed")
    )
    assert bella is not None
    assert onyx is not None
    assert mixed is not None
    np.testing.assert_allclose(mixed.mean, 0.75 * bella.mean + 0.25 * onyx.mean, atol=1e-3)


def test_traits_are_the_moments_of_what_goes_in() -> None:
    said = utterance()
    found = traits(said)
    assert found.shape == (1026,)
    np.testing.assert_allclose(found[:512], said.features[0].mean(axis=1), rtol=1e-5)
    assert found[-2:].tolist() == [120, 1]


def test_data_that_is_damaged_or_missing_is_named(tmp_path: Path) -> None:
    path = tmp_path / "statistics.npz"
    with pytest.raises(AssetError, match=f"{path} cannot be read"):
        StatisticsPredictor.load(path)
    path.write_bytes(STATISTICS_FILE.read_bytes()[:-1])
    with pytest.raises(AssetError, match=f"{path} is damaged"):
        StatisticsPredictor.load(path)
