"""Windows join as if the sentence had been decoded whole, and grow with the listener's lead."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from app.tts.audio.tempo import MODEL_LIMIT
from app.tts.audio.trimming import LEVEL_FRAME, SILENCE_BELOW_PEAK, frame_levels
from app.tts.model.acoustic import MODEL_FRAME, AcousticOutput
from app.tts.model.norm_statistics import StatisticsPredictor
from app.tts.model.speech_model import FIRST_WINDOW, ModelRun, StreamPacing
from app.tts.model.split_model import (
    LONGEST_FIRST_WINDOW,
    LONGEST_WINDOW,
    MODEL_FRAME_SECONDS,
    ONSET,
    SHORTEST_WINDOW,
    SplitModel,
)
from app.tts.model.vocabulary import Vocabulary
from app.tts.model.vocoder import Statistics
from app.tts.prepare.spectral_distance import log_spectral_distance
from app.tts.stop import StopSignal
from app.tts.types import AudioSegment, Samples
from app.tts.voices.pack import CATALOGUE, VoicePack
from app.tts.voices.voice import Voice
from tests.tts.fakes import FakeListener

Floats = np.ndarray

FRAMES = 300
CHANNELS = 8448
"""The number of channels in the shipped statistics."""

PADDING = 10
"""Frames of silence that the fake acoustic model puts first."""

DURATIONS = [PADDING, FRAMES - PADDING - 1, 1]


class FakeAcoustic:
    def run(
        self, tokens: list[int], style: Floats, speed: float, stop: StopSignal | None = None
    ) -> AcousticOutput:
        return AcousticOutput(
            features=np.zeros((1, 512, 2 * FRAMES), np.float32),
            pitch=np.zeros((1, 2 * FRAMES), np.float32),
            phase=np.zeros((1, 9, 2 * FRAMES), np.float32),
            durations=np.array(DURATIONS, np.float32),
            unrounded_durations=np.array(DURATIONS, np.float32),
            style=style,
        )


class FakeVocoder:
    """Sets each sample to the number of its frame, and remembers the windows."""

    provider = "nothing"

    def __init__(self) -> None:
        self.windows: list[tuple[int, int]] = []

    def decode(
        self, output: AcousticOutput, stop: StopSignal | None = None
    ) -> tuple[Samples, Statistics]:
        nothing = np.ones(CHANNELS, np.float32)
        samples = np.repeat(np.arange(output.frames, dtype=np.float32), MODEL_FRAME)
        return samples, Statistics(nothing, nothing)

    def decode_window(
        self,
        output: AcousticOutput,
        start: int,
        end: int,
        statistics: Statistics,
        stop: StopSignal | None = None,
    ) -> Samples:
        self.windows.append((start, end))
        return self.decode(output)[0][start * MODEL_FRAME : end * MODEL_FRAME]


def paced(*patience: float, ran_dry: bool = False, sharers: float = 1.0) -> StreamPacing:
    return StreamPacing(FakeListener(*patience, ran_dry=ran_dry, sharers=sharers))


@pytest.fixture
def vocoder() -> FakeVocoder:
    return FakeVocoder()


@pytest.fixture
def model(vocoder: FakeVocoder) -> SplitModel:
    return SplitModel(FakeAcoustic(), vocoder, StatisticsPredictor.load())  # type: ignore[arg-type]


def spoken(
    model: SplitModel,
    pacing: StreamPacing | None,
    voice: Voice = CATALOGUE["af_heart"],
    speed: float = 1.0,
) -> list[AudioSegment]:
    style = np.zeros((1, 256), np.float32)
    return list(model.speak(ModelRun([1], style, speed, voice, pacing)))


def test_without_a_listener_a_run_is_decoded_whole(model: SplitModel, vocoder: FakeVocoder) -> None:
    (segment,) = spoken(model, None)
    assert segment.is_last
    assert len(segment.samples) == FRAMES * MODEL_FRAME
    assert not vocoder.windows


def lengths_of(vocoder: FakeVocoder) -> list[int]:
    return [end - start for start, end in vocoder.windows]


def test_for_a_listener_who_waits_windows_are_short_and_the_last_one_is_marked(
    model: SplitModel, vocoder: FakeVocoder
) -> None:
    segments = spoken(model, paced(0, 0, 1e-9))
    assert [segment.is_last for segment in segments] == [False] * (len(segments) - 1) + [True]
    first, *others, last = lengths_of(vocoder)
    assert first == FIRST_WINDOW
    assert set(others) == {SHORTEST_WINDOW}
    assert last >= SHORTEST_WINDOW


@pytest.mark.parametrize(
    ("sharers", "frames"),
    [(1.0, FIRST_WINDOW), (2.0, 2 * FIRST_WINDOW), (8.0, LONGEST_FIRST_WINDOW)],
)
def test_where_others_share_the_time_the_first_window_is_longer_to_last_until_the_next(
    model: SplitModel, vocoder: FakeVocoder, sharers: float, frames: int
) -> None:
    spoken(model, paced(0, 0, 1e-9, sharers=sharers))
    assert lengths_of(vocoder)[0] == frames


def test_for_a_listener_who_ran_dry_windows_grow_because_long_ones_cost_less(
    model: SplitModel, vocoder: FakeVocoder
) -> None:
    spoken(model, paced(0, ran_dry=True))
    *lengths, _ = lengths_of(vocoder)
    assert len(lengths) > 2
    assert lengths == sorted(set(lengths))
    assert max(lengths) <= LONGEST_WINDOW


def test_windows_leave_out_the_silence_before_speech_and_nothing_else(
    model: SplitModel, vocoder: FakeVocoder
) -> None:
    segments = spoken(model, paced(0))
    joined = np.concatenate([segment.samples for segment in segments])
    whole = spoken(model, None)[0].samples
    assert np.array_equal(joined, whole[(PADDING - ONSET) * MODEL_FRAME :])


def test_a_listener_with_enough_in_hand_gets_the_run_whole(
    model: SplitModel, vocoder: FakeVocoder
) -> None:
    (segment,) = spoken(model, paced(2 * FRAMES * MODEL_FRAME_SECONDS))
    assert segment.is_last
    assert not vocoder.windows


def test_a_window_is_as_long_as_the_listener_can_wait(
    model: SplitModel, vocoder: FakeVocoder
) -> None:
    spoken(model, paced(0, 0, 30 * MODEL_FRAME_SECONDS, 1000 * MODEL_FRAME_SECONDS))
    first, second, third, *_ = lengths_of(vocoder)
    assert first == FIRST_WINDOW
    assert SHORTEST_WINDOW < second < third
    assert third == LONGEST_WINDOW


@pytest.mark.parametrize("speed", [2.5, 4.0])
def test_what_is_played_faster_is_decoded_in_as_much_longer_windows(
    model: SplitModel, vocoder: FakeVocoder, speed: float
) -> None:
    segments = spoken(model, paced(0, 0, 1e-9), speed=speed)
    (tempo,) = {segment.tempo for segment in segments}
    assert tempo == pytest.approx(speed, rel=0.05)
    first, *others, _ = lengths_of(vocoder)
    assert first == round(FIRST_WINDOW * tempo)
    assert set(others) == {round(SHORTEST_WINDOW * tempo)}


@pytest.mark.parametrize("listener", [None, paced(0)])
def test_up_to_the_models_greatest_speed_nothing_is_played_faster(
    model: SplitModel, listener: StreamPacing | None
) -> None:
    assert {segment.tempo for segment in spoken(model, listener, speed=MODEL_LIMIT)} == {1.0}


def test_a_voice_never_heard_of_is_spoken_whole_once(
    model: SplitModel, vocoder: FakeVocoder
) -> None:
    custom = Voice.from_id("custom")
    assert len(spoken(model, paced(0), voice=custom)) == 1
    assert len(spoken(model, paced(0), voice=custom)) > 1


SENTENCE = "ðə kwˈɪk bɹˈWn fˈɑks ʤˈʌmps ˌOvəɹ ðə lˈAzi dˈɔɡ, ænd ðˈɛn ɪt ɡˈOz hˈOm."


@pytest.fixture(scope="module")
def said(split_model: SplitModel) -> Callable[[str], AcousticOutput]:
    vocabulary, voices = Vocabulary.load(), VoicePack.load()

    def say(voice: str) -> AcousticOutput:
        tokens = vocabulary.encode(SENTENCE)
        return split_model.acoustic.run(tokens, voices.style(CATALOGUE[voice], len(tokens)), 1.0)

    return say


def in_windows(model: SplitModel, output: AcousticOutput, statistics: Statistics) -> Samples:
    from_the_start = replace(output, durations=np.zeros(1, np.float32))
    windows = model.windows(from_the_start, statistics, paced(0))
    return np.concatenate([window.samples for window in windows])


@pytest.mark.slow
def test_statistics_are_shipped_for_the_norms_of_the_real_vocoder(split_model: SplitModel) -> None:
    assert split_model.predictor.norms == split_model.vocoder.norms


@pytest.mark.slow
def test_with_the_statistics_of_the_whole_windows_are_the_whole(
    split_model: SplitModel, said: Callable[[str], AcousticOutput]
) -> None:
    output = said("af_heart")
    whole, statistics = split_model.vocoder.decode(output)
    windows = in_windows(split_model, output, statistics)
    assert len(windows) == len(whole)
    assert log_spectral_distance(windows, whole) < 1.2


@pytest.mark.slow
@pytest.mark.parametrize("voice", ["af_heart", "bm_george"])
def test_with_predicted_statistics_windows_are_close_to_the_whole(
    split_model: SplitModel, said: Callable[[str], AcousticOutput], voice: str
) -> None:
    output = said(voice)
    whole, _ = split_model.vocoder.decode(output)
    predicted = split_model.predictor.predict(CATALOGUE[voice], output)
    assert predicted is not None
    windows = in_windows(split_model, output, predicted)
    assert log_spectral_distance(windows, whole) < 3.5
    level = 10 * np.log10(np.mean(np.square(windows)) / np.mean(np.square(whole)))
    assert abs(level) < 2


@pytest.mark.slow
@pytest.mark.parametrize("speed", [0.7, 1.0, 1.6, 2.0])
def test_the_length_at_another_speed_is_told_before_it_is_spoken(
    split_model: SplitModel, speed: float
) -> None:
    tokens = Vocabulary.load().encode(SENTENCE)
    style = VoicePack.load().style(CATALOGUE["af_heart"], len(tokens))
    normal, other = (split_model.acoustic.run(tokens, style, own) for own in (1.0, speed))
    assert normal.speech_frames(speed) == other.durations[1:-1].sum()


@pytest.mark.slow
@pytest.mark.parametrize("speed", [0.25, 0.6, 1.0, 2.0])
@pytest.mark.parametrize("voice", ["af_alloy", "af_heart"])
def test_a_stream_begins_before_its_first_sound_at_every_speed(
    split_model: SplitModel, voice: str, speed: float
) -> None:
    tokens = Vocabulary.load().encode("həlˈO, ˈɛvɹɪwˌʌn.")
    style = VoicePack.load().style(CATALOGUE[voice], len(tokens))
    output = split_model.acoustic.run(tokens, style, speed)
    whole, statistics = split_model.vocoder.decode(output)
    first = next(split_model.windows(output, statistics, paced(0), speed))
    levels = frame_levels(whole)
    loud = np.flatnonzero(levels > levels.max() * 10 ** (-SILENCE_BELOW_PEAK / 20))
    assert first.start <= loud[0] * LEVEL_FRAME
