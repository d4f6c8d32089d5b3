"""Our own vocoder decodes like ONNX Runtime, in whole and in windows, for many at once."""

import gc
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from app.tts.errors import InferenceError, Stopped
from app.tts.model.acoustic import MODEL_FRAME, AcousticModel, AcousticOutput
from app.tts.model.prepared import PreparedGraph
from app.tts.model.session import Session, SessionOptions
from app.tts.model.vocabulary import Vocabulary
from app.tts.model.vocoder import CONTEXT, OnnxVocoder, Statistics
from app.tts.prepare.spectral_distance import log_spectral_distance
from app.tts.stop import StopSignal
from app.tts.vocoder.native_vocoder import NativeVocoder
from app.tts.vocoder.vocoder_files import LoadedVocoder
from app.tts.voices.pack import CATALOGUE, VoicePack
from tests.tts.vocoder.signals import decibels
from tests.tts.vocoder.test_memory import status

pytestmark = pytest.mark.slow

SENTENCE = "ðə kwˈɪk bɹˈWn fˈɑks ʤˈʌmps ˌOvəɹ ðə lˈAzi dˈɔɡ."

LEAST_DECIBELS = 55
"""Least ratio to the difference from ONNX Runtime; float16 weights reach about 61."""


@pytest.fixture(scope="module")
def reference(prepared: PreparedGraph) -> OnnxVocoder:
    return OnnxVocoder(Session(prepared.vocoder, SessionOptions("cpu")))


@pytest.fixture(scope="module")
def native(loaded: LoadedVocoder) -> NativeVocoder:
    return NativeVocoder(loaded, cores=2)


@pytest.fixture(scope="module")
def outputs(prepared: PreparedGraph) -> dict[str, AcousticOutput]:
    """The sentence in several voices."""
    acoustic = AcousticModel(Session(prepared.acoustic, SessionOptions("cpu")))
    tokens, voices = Vocabulary.load().encode(SENTENCE), VoicePack.load()
    return {
        name: acoustic.run(tokens, voices.style(CATALOGUE[name], len(tokens)), 1.0)
        for name in ("af_heart", "bm_george", "jf_alpha")
    }


@pytest.fixture(scope="module")
def output(outputs: dict[str, AcousticOutput]) -> AcousticOutput:
    return outputs["af_heart"]


@pytest.fixture(scope="module")
def long_utterance(output: AcousticOutput) -> AcousticOutput:
    """About 20 s: the sentence repeated."""
    times = -(-800 // output.frames)
    features, pitch, phase = (
        np.concatenate([part] * times, axis=-1)
        for part in (output.features, output.pitch, output.phase)
    )
    return replace(output, features=features, pitch=pitch, phase=phase)


def part_of(output: AcousticOutput, start: int, end: int) -> AcousticOutput:
    steps = slice(2 * start, 2 * end)
    return replace(
        output,
        features=output.features[..., steps],
        pitch=output.pitch[..., steps],
        phase=output.phase[..., steps],
    )


@pytest.mark.parametrize("voice", ["af_heart", "bm_george", "jf_alpha"])
def test_a_sentence_from_the_same_source_equals_onnx_runtimes(
    native: NativeVocoder, reference: OnnxVocoder, outputs: dict[str, AcousticOutput], voice: str
) -> None:
    said = outputs[voice]
    wanted, measured, spectra = reference.decode_with_spectra(said)
    made, statistics = native.decode_spectra(said.features[0], said.style[0], spectra.T)
    assert len(made) == len(wanted) == said.frames * MODEL_FRAME
    assert decibels(made, wanted) > LEAST_DECIBELS
    deviation = np.sqrt(measured.variance + 1e-5)
    assert (np.abs(statistics.mean - measured.mean) < 0.02 * deviation).all()
    assert (np.abs(statistics.variance - measured.variance) < 0.02 * deviation**2).all()


@pytest.mark.parametrize("frames", [1, 2, 7, 22, 30])
def test_a_window_from_the_same_source_and_statistics_equals_onnx_runtimes(
    native: NativeVocoder, reference: OnnxVocoder, output: AcousticOutput, frames: int
) -> None:
    _, statistics = reference.decode(output)
    window = part_of(output, 30 - CONTEXT, 30 + frames + CONTEXT)
    wanted, _, spectra = reference.decode_with_spectra(window, statistics)
    made, same = native.decode_spectra(window.features[0], window.style[0], spectra.T, statistics)
    # Without its context, because the very first samples are divided by next to nothing.
    inner = slice(CONTEXT * MODEL_FRAME, -CONTEXT * MODEL_FRAME)
    assert decibels(made[inner], wanted[inner]) > LEAST_DECIBELS
    assert np.array_equal(same.mean, statistics.mean)


@pytest.mark.parametrize("voice", ["af_heart", "bm_george", "jf_alpha"])
def test_a_sentence_from_our_own_source_sounds_like_onnx_runtimes(
    native: NativeVocoder, reference: OnnxVocoder, outputs: dict[str, AcousticOutput], voice: str
) -> None:
    made, _ = native.decode(outputs[voice])
    wanted, _ = reference.decode(outputs[voice])
    # 0.9 to 1.6, because rounding decides some angles. With the opposite sign of pi, it is 4.7 for
    # the first bin and 1.8 to 2.0 for the last one.
    assert log_spectral_distance(made, wanted) < 1.7


def test_windows_join_without_a_seam(native: NativeVocoder, output: AcousticOutput) -> None:
    whole, statistics = native.decode(output)
    ends = [0, 5, 27, 28, 60, output.frames]
    windows = [native.decode_window(output, *span, statistics) for span in pairwise(ends)]
    lengths = [(end - start) * MODEL_FRAME for start, end in pairwise(ends)]
    assert [len(window) for window in windows] == lengths
    joined = np.concatenate(windows)
    assert log_spectral_distance(joined, whole) < 1.2
    steps = np.abs(np.diff(joined))
    for end in ends[1:-1]:
        join = end * MODEL_FRAME
        around = steps[join - MODEL_FRAME : join + MODEL_FRAME]
        assert steps[join - 1] <= around.max() * 1.0001
        assert abs(joined[join] - whole[join]) < 0.1 * np.abs(whole).max()


def test_a_window_of_all_frames_equals_the_whole_utterance(
    native: NativeVocoder, output: AcousticOutput
) -> None:
    whole, statistics = native.decode(output)
    again = native.decode_window(output, 0, output.frames, statistics)
    assert np.array_equal(again, whole)


def test_a_window_depends_only_on_its_context(
    native: NativeVocoder, output: AcousticOutput
) -> None:
    _, statistics = native.decode(output)
    window = native.decode_window(output, 30, 50, statistics)
    cut = part_of(output, 30 - CONTEXT, 50 + CONTEXT)
    again = native.decode_window(cut, CONTEXT, 20 + CONTEXT, statistics)
    assert np.array_equal(again, window)


@pytest.fixture(params=[1, 2, 3], ids=lambda cores: f"{cores} cores")
def on_cores(request: pytest.FixtureRequest, loaded: LoadedVocoder) -> NativeVocoder:
    return NativeVocoder(loaded, cores=request.param)


def test_decoding_many_at_once_gives_the_same_samples_to_the_bit(
    native: NativeVocoder, on_cores: NativeVocoder, outputs: dict[str, AcousticOutput]
) -> None:
    alone = {name: native.decode(each) for name, each in outputs.items()}
    statistics = alone["af_heart"][1]
    window = native.decode_window(outputs["af_heart"], 20, 42, statistics)
    with ThreadPoolExecutor(4) as threads:
        decoded = {name: threads.submit(on_cores.decode, each) for name, each in outputs.items()}
        windows = [
            threads.submit(on_cores.decode_window, outputs["af_heart"], 20, 42, statistics)
            for _ in range(4)
        ]
        for name, task in decoded.items():
            samples, measured = task.result()
            assert np.array_equal(samples, alone[name][0])
            assert np.array_equal(measured.mean, alone[name][1].mean)
            assert np.array_equal(measured.variance, alone[name][1].variance)
        assert all(np.array_equal(task.result(), window) for task in windows)


def test_a_stop_ends_a_long_run_early_and_the_next_run_is_right(
    native: NativeVocoder, output: AcousticOutput, long_utterance: AcousticOutput
) -> None:
    expected, _ = native.decode(output)
    stop, work = StopSignal(), _Watched(native)
    thread = threading.Thread(target=work.decode, args=(long_utterance, stop))
    thread.start()
    timer = threading.Timer(0.2, stop.set)
    timer.start()
    thread.join(60)
    assert isinstance(work.failure, Stopped)
    assert np.array_equal(native.decode(output)[0], expected)


class _Watched:
    def __init__(self, vocoder: NativeVocoder) -> None:
        self._vocoder = vocoder
        self.failure: BaseException | None = None

    def decode(self, output: AcousticOutput, stop: StopSignal) -> None:
        try:
            self._vocoder.decode(output, stop)
        except Stopped as error:
            self.failure = error


def test_a_run_that_is_already_stopped_does_not_begin(
    native: NativeVocoder, output: AcousticOutput
) -> None:
    stop = StopSignal()
    stop.set()
    nothing = Statistics(*np.zeros((2, 8448), np.float32))
    with pytest.raises(Stopped):
        native.decode(output, stop)
    with pytest.raises(Stopped):
        native.decode_window(output, 3, 9, nothing, stop)


def test_output_that_is_not_finite_is_an_error(
    native: NativeVocoder, output: AcousticOutput
) -> None:
    features = output.features.copy()
    features[0, 5, 7] = np.nan
    with pytest.raises(InferenceError, match="not finite"):
        native.decode(replace(output, features=features))
    assert np.isfinite(native.decode(output)[0]).all()


def test_the_memory_of_a_long_run_is_freed(
    native: NativeVocoder, output: AcousticOutput, long_utterance: AcousticOutput
) -> None:
    native.decode(output)
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")  # man 5 proc: resets the peak
    before = status("VmRSS")
    for _ in range(2):
        native.decode(long_utterance)
        gc.collect()
        assert status("VmHWM") - before > 150_000_000  # otherwise this test could not fail
        assert status("VmRSS") - before < 50_000_000


def test_it_names_its_instruction_set_and_the_norms_of_the_graph(
    native: NativeVocoder, reference: OnnxVocoder, loaded: LoadedVocoder
) -> None:
    assert loaded.instruction_set in native.provider
    assert native.norms == reference.norms
