"""Windows follow each other as if the sentence had been decoded whole, and grow with the lead."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from app.tts.acoustic import FRAME_SAMPLES, Utterance
from app.tts.norm_statistics import StatisticsPredictor
from app.tts.spectra import log_spectral_distance
from app.tts.speech_model import FIRST_WINDOW, Pace
from app.tts.split_model import FRAME_SECONDS, LONGEST_WINDOW, ONSET, SplitModel
from app.tts.tokens import Vocabulary
from app.tts.types import Samples, Stretch
from app.tts.vocoder import Statistics
from app.tts.voices import VoicePack, find_voice

Floats = np.ndarray

FRAMES = 300
CHANNELS = 8448
"""As many as the shipped statistics have."""

PADDING = 10
"""Frames of silence that the fake acoustic model puts first."""


class FakeAcoustic:
    def run(self, tokens: list[int], style: Floats, speed: float) -> Utterance:
        return Utterance(
            features=np.zeros((1, 512, 2 * FRAMES), np.float32),
            pitch=np.zeros((1, 2 * FRAMES), np.float32),
            phase=np.zeros((1, 9, 2 * FRAMES), np.float32),
            durations=np.array([PADDING, FRAMES - PADDING], np.float32),
            style=style,
        )


class FakeVocoder:
    """Makes each sample the number of its frame, and remembers the windows."""

    provider = "nothing"

    def __init__(self) -> None:
        self.windows: list[tuple[int, int]] = []

    def decode(self, utterance: Utterance) -> tuple[Samples, Statistics]:
        nothing = np.ones(CHANNELS, np.float32)
        samples = np.repeat(np.arange(utterance.frames, dtype=np.float32), FRAME_SAMPLES)
        return samples, Statistics(nothing, nothing)

    def decode_window(
        self, utterance: Utterance, start: int, end: int, statistics: Statistics
    ) -> Samples:
        self.windows.append((start, end))
        return self.decode(utterance)[0][start * FRAME_SAMPLES : end * FRAME_SAMPLES]


@pytest.fixture
def vocoder() -> FakeVocoder:
    return FakeVocoder()


@pytest.fixture
def model(vocoder: FakeVocoder) -> SplitModel:
    return SplitModel(FakeAcoustic(), vocoder, StatisticsPredictor.load())  # type: ignore[arg-type]


def spoken(model: SplitModel, pace: Pace | None, voice: str = "af_heart") -> list[Stretch]:
    return list(model.speak([1], np.zeros((1, 256), np.float32), 1.0, voice, pace))


def test_without_a_listener_a_run_is_decoded_whole(model: SplitModel, vocoder: FakeVocoder) -> None:
    (stretch,) = spoken(model, None)
    assert stretch.is_last
    assert len(stretch.samples) == FRAMES * FRAME_SAMPLES
    assert not vocoder.windows


def test_for_a_listener_with_nothing_in_hand_windows_begin_small_and_grow(
    model: SplitModel, vocoder: FakeVocoder
) -> None:
    stretches = spoken(model, Pace(lambda: 0.0))
    assert [stretch.is_last for stretch in stretches] == [False] * (len(stretches) - 1) + [True]
    lengths = [end - start for start, end in vocoder.windows]
    assert lengths[0] == FIRST_WINDOW
    assert lengths[:-1] == sorted(lengths[:-1])
    assert max(lengths[:-1]) <= LONGEST_WINDOW
    assert min(lengths) >= FIRST_WINDOW


def test_windows_leave_out_the_silence_before_speech_and_nothing_else(
    model: SplitModel, vocoder: FakeVocoder
) -> None:
    stretches = spoken(model, Pace(lambda: 0.0))
    joined = np.concatenate([stretch.samples for stretch in stretches])
    whole = spoken(model, None)[0].samples
    assert np.array_equal(joined, whole[(PADDING - ONSET) * FRAME_SAMPLES :])


def test_a_listener_with_enough_in_hand_gets_the_run_whole(
    model: SplitModel, vocoder: FakeVocoder
) -> None:
    (stretch,) = spoken(model, Pace(lambda: 2 * FRAMES * FRAME_SECONDS))
    assert stretch.is_last
    assert not vocoder.windows


def test_a_window_is_as_long_as_the_listener_can_wait(
    model: SplitModel, vocoder: FakeVocoder
) -> None:
    leads = iter([0.0, 0.0] + [60 * FRAME_SECONDS] * 100)
    spoken(model, Pace(lambda: next(leads)))
    lengths = [end - start for start, end in vocoder.windows]
    assert lengths[0] == FIRST_WINDOW
    assert lengths[1] == LONGEST_WINDOW


def test_the_next_run_goes_on_with_windows_of_the_length_reached(
    model: SplitModel, vocoder: FakeVocoder
) -> None:
    pace = Pace(lambda: 0.0)
    spoken(model, pace)
    vocoder.windows.clear()
    spoken(model, pace)
    assert vocoder.windows[0][1] - vocoder.windows[0][0] == LONGEST_WINDOW


def test_a_voice_never_heard_of_is_spoken_whole_once(
    model: SplitModel, vocoder: FakeVocoder
) -> None:
    assert len(spoken(model, Pace(lambda: 0.0), voice="custom")) == 1
    assert len(spoken(model, Pace(lambda: 0.0), voice="custom")) > 1


SENTENCE = "ðə kwˈɪk bɹˈWn fˈɑks ʤˈʌmps ˌOvəɹ ðə lˈAzi dˈɔɡ, ænd ðˈɛn ɪt ɡˈOz hˈOm."


@pytest.fixture(scope="module")
def said(split_model: SplitModel) -> Callable[[str], Utterance]:
    vocabulary, voices = Vocabulary.load(), VoicePack.load()

    def say(voice: str) -> Utterance:
        tokens = vocabulary.encode(SENTENCE)
        return split_model.acoustic.run(tokens, voices.style(find_voice(voice), len(tokens)), 1.0)

    return say


def in_windows(model: SplitModel, utterance: Utterance, statistics: Statistics) -> Samples:
    from_the_start = replace(utterance, durations=np.zeros(1, np.float32))
    windows = model.windows(from_the_start, statistics, Pace(lambda: 0.0))
    return np.concatenate([window.samples for window in windows])


@pytest.mark.slow
def test_statistics_are_shipped_for_the_norms_of_the_real_vocoder(split_model: SplitModel) -> None:
    assert split_model.predictor.norms == split_model.vocoder.norms


@pytest.mark.slow
def test_with_the_statistics_of_the_whole_windows_are_the_whole(
    split_model: SplitModel, said: Callable[[str], Utterance]
) -> None:
    utterance = said("af_heart")
    whole, statistics = split_model.vocoder.decode(utterance)
    windows = in_windows(split_model, utterance, statistics)
    assert len(windows) == len(whole)
    assert log_spectral_distance(windows, whole) < 1.2


@pytest.mark.slow
@pytest.mark.parametrize("voice", ["af_heart", "bm_george"])
def test_with_predicted_statistics_windows_are_close_to_the_whole(
    split_model: SplitModel, said: Callable[[str], Utterance], voice: str
) -> None:
    utterance = said(voice)
    whole, _ = split_model.vocoder.decode(utterance)
    predicted = split_model.predictor.predict(voice, utterance)
    assert predicted is not None
    windows = in_windows(split_model, utterance, predicted)
    assert log_spectral_distance(windows, whole) < 3.5
    level = 10 * np.log10(np.mean(np.square(windows)) / np.mean(np.square(whole)))
    assert abs(level) < 2
