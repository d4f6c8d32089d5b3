"""Prepares the model once: float weights, faster operators, acoustic model and vocoder apart."""

import contextlib
import logging
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app.tts.acoustic import AcousticModel
from app.tts.assets import ModelFile, Progress
from app.tts.errors import AssetError, SpeechError
from app.tts.prepared import PreparedGraph, prepared_folder
from app.tts.session import KokoroSession, Session
from app.tts.spectra import log_spectral_distance
from app.tts.tokens import Vocabulary
from app.tts.types import Samples
from app.tts.vocoder import Vocoder
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


class _Mismatch(Exception):
    """The prepared model does not speak as its source does: its message says how."""


def prepare(
    model: ModelFile, cache: Path, progress: Progress | None = None
) -> PreparedGraph | None:
    """Prepare `model`; None, and a warning, if it is not built as the published one.

    Writes 325 MB into `cache`, all or nothing. Raises `AssetError` when that cannot be written or
    `model` is not Kokoro.
    """
    from app.tts.onnx_editor import NoMatch

    folder = prepared_folder(model, cache)
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f"{folder.name}.", dir=cache) as scratch:
            prepared = PreparedGraph(Path(scratch) / "prepared")
            prepared.folder.mkdir()
            _write(model.onnx, prepared, progress or (lambda done, total: None))
            _put_in_place(prepared.folder, folder)
    except OSError as error:
        raise AssetError(f"The prepared model cannot be kept in {cache}: {error}.") from error
    except (NoMatch, _Mismatch) as mismatch:
        log.warning(
            "This export of Kokoro cannot be prepared (%s). It runs as it is: streams begin with "
            "a whole sentence.",
            mismatch,
        )
        return None
    return PreparedGraph(folder)


def speak(prepared: PreparedGraph, tokens: list[int], style: np.ndarray, speed: float) -> Samples:
    """Speak `tokens` with a prepared model that is loaded for this once, as float32 (n,)."""
    features = AcousticModel(Session(prepared.acoustic)).run(tokens, style, speed)
    return Vocoder(Session(prepared.vocoder)).decode(features)[0]


def _put_in_place(finished: Path, folder: Path) -> None:
    if folder.exists():  # damaged, or else it had been found
        folder.rename(finished.with_name("damaged"))
    # Another process may have been quicker: what it wrote is as good.
    with contextlib.suppress(FileExistsError):
        finished.rename(folder)


def _write(source: Path | bytes, prepared: PreparedGraph, report: Progress) -> None:
    """Write both halves and their checksums; raises `NoMatch` and `_Mismatch`."""
    import onnx

    from app.tts.dequantize import dequantize, is_quantized
    from app.tts.onnx_editor import GraphEditor

    steps = 5
    report(0, steps)
    session = KokoroSession(source)
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
        ours = speak(prepared, tokens, style, 1.0)
    except SpeechError as error:
        raise _Mismatch("it does not run in two halves") from error
    _compare(ours, reference, _TOLERATED_DISTANCE[precision])
    prepared.seal()
    report(steps, steps)


def _reference_sentence() -> tuple[list[int], np.ndarray]:
    tokens = Vocabulary.load().encode(_REFERENCE_PHONEMES)
    return tokens, VoicePack.load().style(find_voice(_REFERENCE_VOICE), len(tokens))


def _compare(ours: Samples, reference: Samples, tolerated: float) -> None:
    if len(ours) != len(reference):
        raise _Mismatch(f"it speaks for {len(ours)} samples, not for {len(reference)}")
    distance = log_spectral_distance(ours, reference)
    log.info("The prepared model is %.2f dB from its source.", distance)
    if not distance <= tolerated:
        raise _Mismatch(f"it sounds {distance:.1f} dB from it")


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
