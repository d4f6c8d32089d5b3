"""Predicted statistics follow the input, stay finite, and exist for every voice."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.tts.errors import AssetError
from app.tts.model.acoustic import AcousticOutput
from app.tts.model.norm_statistics import (
    LEAST_FRAMES,
    MAX_HEARD,
    MIX_FRAMES,
    STATISTICS_FILE,
    StatisticsPredictor,
    traits,
)
from app.tts.model.vocoder import Statistics
from app.tts.voices.pack import CATALOGUE
from app.tts.voices.voice import Voice

RANDOM = np.random.default_rng(3)


def output(level: float = 1.0, frames: int = LEAST_FRAMES) -> AcousticOutput:
    return AcousticOutput(
        features=(level * RANDOM.normal(size=(1, 512, 2 * frames))).astype(np.float32),
        pitch=np.full((1, 2 * frames), 120.0, np.float32),
        phase=np.zeros((1, 9, 2 * frames), np.float32),
        durations=np.full(4, frames / 4, np.float32),
        unrounded_durations=np.full(4, frames / 4, np.float32),
        style=np.zeros((1, 256), np.float32),
    )


@pytest.fixture(scope="module")
def predictor() -> StatisticsPredictor:
    return StatisticsPredictor.load()


def mix(*shares: tuple[str, float]) -> Voice:
    return replace(Voice.from_id("mix"), mixed_from=shares)


HEART, BELLA, ONYX = (CATALOGUE[name] for name in ("af_heart", "af_bella", "am_onyx"))
CUSTOM = Voice.from_id("custom")


def expected(predictor: StatisticsPredictor, voice: Voice, said: AcousticOutput) -> Statistics:
    predicted = predictor.predict(voice, said)
    assert predicted is not None
    return predicted


@pytest.mark.parametrize("level", [0.0, 1.0, 100.0])
def test_every_voice_has_statistics_that_a_vocoder_can_use(
    predictor: StatisticsPredictor, level: float
) -> None:
    for voice in CATALOGUE.values():
        predicted = expected(predictor, voice, output(level))
        assert predicted.mean.dtype == predicted.variance.dtype == np.float32
        assert np.isfinite(predicted.mean).all()
        assert (predicted.variance > 0).all()


def test_another_utterance_is_expected_to_have_other_statistics(
    predictor: StatisticsPredictor,
) -> None:
    quiet, loud = (expected(predictor, HEART, output(level)) for level in (0.5, 2.0))
    assert not np.allclose(quiet.mean, loud.mean)


def test_a_voice_never_heard_of_is_known_by_its_first_utterance() -> None:
    predictor = StatisticsPredictor.load()
    heard = output()
    assert predictor.predict(CUSTOM, heard) is None
    measured = expected(predictor, HEART, heard)
    predictor.observe(CUSTOM, heard, measured)
    predicted = expected(predictor, CUSTOM, heard)
    np.testing.assert_allclose(predicted.mean, measured.mean, rtol=1e-3)
    np.testing.assert_allclose(predicted.variance, measured.variance, rtol=1e-2)
    assert predictor.predict(replace(CUSTOM, id="other"), heard) is None


def test_a_voice_is_known_better_the_more_it_said_until_that_is_enough() -> None:
    predictor = StatisticsPredictor.load()
    said = output(frames=250)
    first = expected(predictor, HEART, said)
    second = Statistics(first.mean + 2, first.variance)
    predictor.observe(CUSTOM, said, first)
    predictor.observe(CUSTOM, said, second)
    both = expected(predictor, CUSTOM, said)
    np.testing.assert_allclose(both.mean, first.mean + 1, rtol=1e-3, atol=1e-3)
    np.testing.assert_allclose(both.variance, first.variance + 1, rtol=1e-2)
    for _ in range(2):
        predictor.observe(CUSTOM, said, second)
    enough = expected(predictor, CUSTOM, said)
    predictor.observe(CUSTOM, said, first)
    assert np.array_equal(expected(predictor, CUSTOM, said).mean, enough.mean)


@pytest.mark.parametrize("ratio", [1e3, 1e5])
def test_a_variance_far_below_the_mean_is_not_lost_in_it(ratio: float) -> None:
    predictor = StatisticsPredictor.load()
    said = output(frames=250)
    first = expected(predictor, HEART, said)
    far = Statistics(np.float32(ratio) * np.sqrt(first.variance), first.variance)
    for _ in range(3):
        predictor.observe(CUSTOM, said, far)
        found = expected(predictor, CUSTOM, said)
        np.testing.assert_allclose(found.variance, first.variance, rtol=1e-5)


def test_a_voice_that_said_only_a_word_is_not_known_yet() -> None:
    predictor = StatisticsPredictor.load()
    word = output(frames=LEAST_FRAMES // 2)
    for known in (False, True):
        predictor.observe(CUSTOM, word, expected(predictor, HEART, word))
        assert (predictor.predict(CUSTOM, word) is not None) == known


def test_a_mix_is_known_better_once_it_was_heard() -> None:
    predictor = StatisticsPredictor.load()
    mixed, said = mix(("af_bella", 0.5), ("am_onyx", 0.5)), output(frames=MIX_FRAMES)
    before = expected(predictor, mixed, said)
    predictor.observe(mixed, said, Statistics(before.mean + 2, before.variance))
    after = expected(predictor, mixed, said)
    np.testing.assert_allclose(after.mean, before.mean + 1, rtol=1e-3, atol=1e-3)


def test_voices_not_heard_for_long_are_forgotten_so_that_memory_is_bounded() -> None:
    predictor = StatisticsPredictor.load()
    said = output()
    measured = expected(predictor, HEART, said)
    for number in range(MAX_HEARD + 1):
        predictor.observe(Voice.from_id(f"custom{number}"), said, measured)
        expected(predictor, Voice.from_id("custom0"), said)
    assert predictor.predict(Voice.from_id("custom1"), said) is None
    assert predictor.predict(Voice.from_id("custom2"), said) is not None
    assert all(predictor.predict(voice, said) for voice in CATALOGUE.values())


def test_what_is_shipped_is_not_forgotten_for_what_is_heard() -> None:
    predictor = StatisticsPredictor.load()
    said = output()
    before = expected(predictor, HEART, said)
    predictor.observe(HEART, said, Statistics(before.mean + 9, before.variance))
    assert np.array_equal(expected(predictor, HEART, said).mean, before.mean)


def test_a_mix_lies_between_the_voices_it_is_made_of_before_anybody_heard_it(
    predictor: StatisticsPredictor,
) -> None:
    said = output()
    mixed = expected(predictor, mix(("af_bella", 0.75), ("am_onyx", 0.25)), said)
    bella, onyx = (expected(predictor, voice, said) for voice in (BELLA, ONYX))
    np.testing.assert_allclose(mixed.mean, 0.75 * bella.mean + 0.25 * onyx.mean, atol=1e-3)


def test_a_mix_with_a_voice_never_heard_of_is_known_once_either_was_heard() -> None:
    said, mixed = output(), mix(("af_bella", 0.5), ("custom", 0.5))
    for heard in (CUSTOM, mixed):
        predictor = StatisticsPredictor.load()
        assert predictor.predict(mixed, said) is None
        predictor.observe(heard, said, expected(predictor, ONYX, said))
        assert predictor.predict(mixed, said) is not None


def test_traits_are_the_moments_of_what_goes_in() -> None:
    said = output()
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
