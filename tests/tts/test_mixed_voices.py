"""With the real model, mixes and new voices sound right, whole and streamed."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from app.tts.model.acoustic import VOICED_ABOVE_HZ, AcousticOutput
from app.tts.model.norm_statistics import StatisticsPredictor
from app.tts.model.speech_model import ModelRun, StreamPacing
from app.tts.model.split_model import SplitModel
from app.tts.model.vocabulary import Vocabulary
from app.tts.prepare.spectral_distance import log_spectral_distance
from app.tts.types import Samples
from app.tts.voices import VoiceCatalogue
from app.tts.voices.pack import CATALOGUE, VoicePack
from app.tts.voices.voice import Voice
from tests.tts.fakes import WAITING

pytestmark = pytest.mark.slow

TOKENS = Vocabulary.load().encode("ðə kwˈɪk bɹˈWn fˈɑks ʤˈʌmps ˌOvəɹ ðə lˈAzi dˈɔɡ.")

Speak = Callable[[Voice], list[Samples]]


@pytest.fixture(scope="module")
def styles() -> VoicePack:
    pack = VoicePack.load()
    bella = np.concatenate([pack.style(CATALOGUE["af_bella"], count) for count in range(1, 511)])
    return VoicePack.load(others={"custom": bella})


@pytest.fixture
def stream(split_model: SplitModel, styles: VoicePack) -> Speak:
    """Return a function that streams, with a model that knows only the shipped voices."""
    model = SplitModel(split_model.acoustic, split_model.vocoder, StatisticsPredictor.load())

    def speak(voice: Voice) -> list[Samples]:
        style = styles.style(voice, len(TOKENS))
        segments = model.speak(ModelRun(TOKENS, style, 1.0, voice, StreamPacing(WAITING)))
        return [segment.samples for segment in segments]

    return speak


def output(split_model: SplitModel, styles: VoicePack, voice: Voice) -> AcousticOutput:
    return split_model.acoustic.run(TOKENS, styles.style(voice, len(TOKENS)), 1.0)


def distance_from_whole(windows: list[Samples], whole: Samples) -> float:
    streamed = np.concatenate(windows)
    return log_spectral_distance(streamed, whole[-len(streamed) :])


def test_a_mix_lies_between_its_voices_and_streams_from_the_first_sentence_on(
    split_model: SplitModel, styles: VoicePack, stream: Speak
) -> None:
    mix = VoiceCatalogue().find("af_bella+am_onyx")
    bella, mixed, onyx = (
        output(split_model, styles, voice)
        for voice in (CATALOGUE["af_bella"], mix, CATALOGUE["am_onyx"])
    )
    pitches = [said.pitch[said.pitch > VOICED_ABOVE_HZ].mean() for said in (onyx, mixed, bella)]
    assert pitches == sorted(pitches)
    assert pitches[0] * 1.1 < pitches[1] < pitches[2] / 1.1
    windows = stream(mix)
    assert len(windows) > 3
    whole, _ = split_model.vocoder.decode(mixed)
    assert distance_from_whole(windows, whole) < 4.5


def test_a_new_voice_streams_in_windows_once_it_said_a_sentence(
    split_model: SplitModel, styles: VoicePack, stream: Speak
) -> None:
    custom = replace(CATALOGUE["af_bella"], id="custom")
    (whole,) = stream(custom)
    windows = stream(custom)
    assert len(windows) > 3
    assert distance_from_whole(windows, whole) < 3.5
