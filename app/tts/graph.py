"""Prepares the model once: float weights, faster operators, acoustic model and vocoder apart."""

import contextlib
import errno
import logging
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app.tts.assets import ModelFile, Progress
from app.tts.errors import CannotPrepare, SpeechError
from app.tts.prepared import (
    PreparedGraph,
    find_prepared,
    find_unsuitable,
    prepared_folder,
    remember_unsuitable,
)
from app.tts.session import KokoroSession, SessionOptions
from app.tts.spectra import log_spectral_distance
from app.tts.split_model import SplitModel
from app.tts.tokens import Vocabulary
from app.tts.types import Samples
from app.tts.voices import STYLE_WIDTH, VoicePack, find_voice

if TYPE_CHECKING:
    import onnx

    from app.tts.onnx_editor import GraphEditor

log = logging.getLogger(__name__)

# Names in the published export, and ours for what the acoustic model hands to the vocoder. The
# cut lies between the decoder's blocks at the frame rate and its generator.
_CUT = {
    "/decoder/decoder/decode.3/Div_4_output_0": "features",
    "/encoder/Reshape_output_0": "pitch",
    "/decoder/decoder/generator/m_source/l_sin_gen/Mul_4_output_0": "phase",
    "/encoder/Clip_output_0": "durations",
}
_CHANNELS, _HARMONICS = 512, 9

_OPERATOR_SET = 18
"""The first in which ReduceMean takes its axes as the rewrites give them."""

_REFERENCE_PHONEMES = "ðə kwˈɪk bɹˈWn fˈɑks ʤˈʌmps ˌOvəɹ ðə lˈAzi dˈɔɡ."
_REFERENCE_VOICE = "af_heart"
_TOLERATED_DISTANCE = {"int8": 6.0, "fp32": 3.0}
"""Log-spectral distance in dB that the prepared model may have from its source on the reference
sentence. The published int8 export measures 3.6 dB, most of it the noise of its quantized
activations, which the prepared model is rid of; the same weights as floats measure 0.4 dB, on other
sentences 1.1: rounding in the pitch adds up in the phase. The sentence backwards measures 14 dB."""


_TOLERATED_IN_WINDOWS = 5.0
"""The same between windows with predicted statistics and the whole; 2.2 dB with the published
export."""

_ROOM_BYTES = 700_000_000
"""What preparing takes on the disk while it works."""

_ON_CPU = SessionOptions("cpu")


class _Mismatch(Exception):
    """The prepared model does not speak as its source does: its message says how."""


def prepare(model: ModelFile, cache: Path, progress: Progress | None = None) -> PreparedGraph:
    """Prepare `model` in `cache`, all or nothing; of several processes at once, one does.

    Needs 700 MB there while it works and keeps 325. Raises `CannotPrepare` when those cannot be
    had or the model is built otherwise than the published one, which is remembered, and
    `AssetError` when it is no Kokoro.
    """
    if reason := find_unsuitable(model, cache):
        raise CannotPrepare(reason)
    import filelock

    from app.tts.onnx_editor import NoMatch

    folder = prepared_folder(model, cache)
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(f"{folder}.lock"):
            if prepared := find_prepared(model, cache):
                return prepared
            _make_room(folder)
            with tempfile.TemporaryDirectory(prefix=f"{folder.name}.", dir=cache) as scratch:
                prepared = PreparedGraph(Path(scratch) / "prepared")
                prepared.folder.mkdir()
                _write(model.onnx, prepared, progress or (lambda done, total: None))
                prepared.folder.rename(folder)
    except OSError as error:
        raise CannotPrepare(f"The prepared model cannot be kept in {cache}: {error}.") from error
    except (NoMatch, _Mismatch) as mismatch:
        reason = f"This export of Kokoro cannot be prepared ({mismatch})."
        with contextlib.suppress(OSError):
            remember_unsuitable(model, cache, reason)
        raise CannotPrepare(reason) from mismatch
    return PreparedGraph(folder)


def _make_room(folder: Path) -> None:
    """Remove what is damaged, what a killed process left, and what older versions prepared."""
    for path in folder.parent.glob(f"prepared-*-{folder.name.rsplit('-', 1)[1]}*"):
        if path.is_dir():
            shutil.rmtree(path)
    if shutil.disk_usage(folder.parent).free < _ROOM_BYTES:
        raise OSError(errno.ENOSPC, f"preparing needs {_ROOM_BYTES / 1e6:.0f} MB of disk")


def _write(source: Path | bytes, prepared: PreparedGraph, report: Progress) -> None:
    """Write both halves and their checksums; raises `NoMatch` and `_Mismatch`."""
    import onnx

    from app.tts.dequantize import dequantize, is_quantized
    from app.tts.onnx_editor import GraphEditor

    steps = 5
    report(0, steps)
    session = KokoroSession(source, _ON_CPU)
    model = onnx.load_from_string(source) if isinstance(source, bytes) else onnx.load(source)
    GraphEditor(model).require(_CUT, _OPERATOR_SET)
    tokens, style = _reference_sentence()
    reference = session.speak(tokens, style, 1.0)
    del session
    report(1, steps)
    precision = "int8" if is_quantized(model) else "fp32"
    model = _canonical(dequantize(model), prepared.folder)
    report(2, steps)
    onnx.save(_acoustic_half(GraphEditor(model)), prepared.acoustic)
    report(3, steps)
    onnx.save(_vocoder_half(GraphEditor(model)), prepared.vocoder)
    report(4, steps)
    try:
        whole, windows = _speak_reference(prepared)
    except SpeechError as error:
        raise _Mismatch(f"in two halves it does not run: {error}") from error
    _compare(whole, reference, _TOLERATED_DISTANCE[precision])
    _compare(windows, whole, _TOLERATED_IN_WINDOWS)
    prepared.seal()
    report(steps, steps)


def _speak_reference(prepared: PreparedGraph) -> tuple[Samples, Samples]:
    """Speak the reference sentence whole and with predicted statistics."""
    model = SplitModel.load(prepared, _ON_CPU)
    tokens, style = _reference_sentence()
    utterance = model.acoustic.run(tokens, style, 1.0)
    whole, statistics = model.vocoder.decode(utterance)
    predicted = model.predictor.predict(_REFERENCE_VOICE, utterance) or statistics
    return whole, model.vocoder.decode_window(utterance, 0, utterance.frames, predicted)


def _reference_sentence() -> tuple[list[int], np.ndarray]:
    tokens = Vocabulary.load().encode(_REFERENCE_PHONEMES)
    return tokens, VoicePack.load().style(find_voice(_REFERENCE_VOICE), len(tokens))


def _compare(ours: Samples, reference: Samples, tolerated: float) -> None:
    if len(ours) != len(reference):
        raise _Mismatch(f"it speaks for {len(ours)} samples, not for {len(reference)}")
    distance = log_spectral_distance(ours, reference)
    log.info("The prepared model sounds %.2f dB from what it should.", distance)
    if not distance <= tolerated:
        raise _Mismatch(f"it sounds {distance:.1f} dB from what it should")


def _canonical(model: "onnx.ModelProto", folder: Path) -> "onnx.ModelProto":
    """Fold constants and merge duplicates, so that exports look alike, with ONNX Runtime."""
    import onnx
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.log_severity_level = 3
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        before, after = Path(scratch) / "before.onnx", Path(scratch) / "after.onnx"
        onnx.save(model, before)
        options.optimized_model_filepath = str(after)
        try:
            onnxruntime.InferenceSession(str(before), options, providers=["CPUExecutionProvider"])
        except Exception as error:
            # ONNX Runtime's exceptions share no base but Exception.
            raise _Mismatch("its float form cannot be loaded") from error
        return onnx.load(after)


def _acoustic_half(graph: "GraphEditor") -> "onnx.ModelProto":
    from app.tts.onnx_editor import floats, integers
    from app.tts.rewrites import make_convolutions_two_dimensional

    graph.rename(_CUT)
    make_convolutions_two_dimensional(graph)
    inputs = [integers("tokens", 1, "n"), floats("style", 1, STYLE_WIDTH), floats("speed", 1)]
    return graph.finish(inputs, [floats(name) for name in _CUT.values()])


def _vocoder_half(graph: "GraphEditor") -> "onnx.ModelProto":
    from app.tts.onnx_editor import booleans, floats
    from app.tts.rewrites import (
        find_norms,
        make_convolutions_two_dimensional,
        open_norms,
        simplify_snakes,
    )

    inputs = [
        floats("features", 1, _CHANNELS, "half_frames"),
        floats("pitch", 1, "half_frames"),
        floats("phase", 1, _HARMONICS, "half_frames"),
        floats("style", 1, STYLE_WIDTH),
    ]
    graph.rename(_CUT)
    graph.prune(inputs, ["audio"])
    norms = find_norms(graph)
    opened = open_norms(graph, norms)
    simplify_snakes(graph, norms)
    make_convolutions_two_dimensional(graph)
    channels = sum(norm.channels for norm in opened)
    inputs += [booleans("predicted"), floats("mean", channels), floats("variance", channels)]
    outputs = [floats("audio"), floats("measured_mean"), floats("measured_variance")]
    model = graph.finish(inputs, outputs)
    model.metadata_props.add(key="norms", value=" ".join(norm.name for norm in opened))
    model.metadata_props.add(key="channels", value=str(channels))
    return model
