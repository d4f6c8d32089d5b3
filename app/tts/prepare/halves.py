"""Cuts Kokoro's graph into acoustic model and vocoder, and rewrites both to run fast."""

import tempfile
from pathlib import Path

import onnx
import onnxruntime

from app.tts.prepare.dequantize import dequantize
from app.tts.prepare.onnx_editor import GraphEditor, NoMatch, booleans, floats, integers
from app.tts.prepare.rewrites import (
    fill_up_channels,
    find_norms,
    make_convolutions_two_dimensional,
    open_norms,
    simplify_snakes,
)
from app.tts.voices.styles import STYLE_WIDTH

# Tensors that the acoustic model hands to the vocoder: their names in the published export, and
# ours. The cut lies between the decoder's blocks at the frame rate and its generator.
_CUT = {
    "/decoder/decoder/decode.3/Div_4_output_0": "features",
    "/encoder/Reshape_output_0": "pitch",
    "/decoder/decoder/generator/m_source/l_sin_gen/Mul_4_output_0": "phase",
    "/encoder/Clip_output_0": "durations",
    "/encoder/predictor/ReduceSum_output_0": "unrounded_durations",
}
_SPECTRA = {"/decoder/decoder/generator/Concat_3_output_0": "spectra"}
"""Spectra of the harmonic source: our own kernels are checked from there on."""

_CHANNELS, _HARMONICS = 512, 9

_OPERATOR_SET = 18
"""The first set whose ReduceMean takes its axes as the rewrites give them."""


def require_published(model: onnx.ModelProto) -> None:
    """Raise `NoMatch` unless `model` looks like the published export."""
    GraphEditor(model).require(_CUT, _OPERATOR_SET)


def canonical(model: onnx.ModelProto, scratch: Path) -> onnx.ModelProto:
    """Return `model` with float weights, folded constants and no duplicates: alike in all exports.

    ONNX Runtime does this by way of files in the folder `scratch`. Raises `NoMatch` when the model
    or its quantization is not as expected, and `OSError` when the files cannot be written.
    """
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        before, after = Path(folder) / "before.onnx", Path(folder) / "after.onnx"
        onnx.save(dequantize(model), before)
        try:
            _optimize(before, after)
        except Exception as error:
            # ONNX Runtime's exceptions share no base but Exception.
            _require_loadable(before)
            raise OSError(
                "ONNX Runtime could not write its file: perhaps the disk is full"
            ) from error
        return onnx.load(after)


def _require_loadable(model: Path) -> None:
    """Raise `NoMatch` if the model itself is the reason that it could not be optimized.

    Raises `OSError` when the file is gone.
    """
    model.stat()
    try:
        _optimize(model)
    except Exception as error:
        raise NoMatch("its float form cannot be loaded") from error


def _optimize(model: Path, optimized: Path | None = None) -> None:
    """Let ONNX Runtime fold and deduplicate `model`, and write the result to `optimized`."""
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.log_severity_level = 3
    options.intra_op_num_threads = 1  # nothing is run; the default is one per core
    if optimized is not None:
        options.optimized_model_filepath = str(optimized)
    onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def acoustic_half(model: onnx.ModelProto) -> onnx.ModelProto:
    """Return the graph from tokens, style and speed to the vocoder's input; raises `NoMatch`."""
    graph = GraphEditor(model)
    graph.rename(_CUT)
    fill_up_channels(graph)
    make_convolutions_two_dimensional(graph)
    inputs = [integers("tokens", 1, "n"), floats("style", 1, STYLE_WIDTH), floats("speed", 1)]
    return graph.finish(inputs, [floats(name) for name in _CUT.values()])


def vocoder_half(model: onnx.ModelProto) -> onnx.ModelProto:
    """Return the graph from the acoustic model's output to audio; raises `NoMatch`."""
    graph = GraphEditor(model)
    inputs = [
        floats("features", 1, _CHANNELS, "half_frames"),
        floats("pitch", 1, "half_frames"),
        floats("phase", 1, _HARMONICS, "half_frames"),
        floats("style", 1, STYLE_WIDTH),
    ]
    graph.rename(_CUT)
    graph.rename(_SPECTRA)
    graph.prune(inputs, ["audio", "spectra"])
    norms = find_norms(graph)
    opened = open_norms(graph, norms)
    simplify_snakes(graph, norms)
    make_convolutions_two_dimensional(graph)
    channels = sum(norm.channels for norm in opened)
    inputs += [booleans("predicted"), floats("mean", channels), floats("variance", channels)]
    names = ("audio", "measured_mean", "measured_variance", "spectra")
    outputs = [floats(name) for name in names]
    model = graph.finish(inputs, outputs)
    model.metadata_props.add(key="norms", value=" ".join(norm.name for norm in opened))
    model.metadata_props.add(key="channels", value=str(channels))
    return model
