"""Reads the weights of the prepared vocoder graph and packs them for the kernels."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import numpy_helper

from app.tts.prepare.onnx_editor import NoMatch
from app.tts.vocoder.architecture import (
    FEATURES,
    SPECTRUM,
    SPECTRUM_ROW,
    STAGES,
    STYLE,
    WINDOW,
    Layer,
    UpsamplingStage,
    layers,
)
from app.tts.vocoder.kernels.transforms import for_taps
from app.tts.vocoder.register_tile import RegisterTile

Array = npt.NDArray[Any]

_GENERATOR = "/decoder/decoder/generator"
_STFT = "decoder.decoder.generator.stft.istft.stft"

_HARMONICS = 9

_POST_TAPS = 7
"""Kernel width of the last convolution."""

_GREATEST_HALF = 12
"""Binary exponent to which float16 weights are scaled, well within its range of -14 to 15."""


@dataclass(frozen=True)
class Packed:
    """All weights and constants of the vocoder, packed."""

    arrays: Mapping[str, Array]
    """By name; see `pack`."""

    first_channels: Mapping[str, int]
    """Index among the statistics of the first channel of each layer's input, by layer name."""

    channels: int
    """Number of channels of the statistics."""

    norms: str
    """Names of the normalizations, separated by spaces, in the graph's order."""


class _Graph:
    """A prepared vocoder graph; raises `NoMatch` where its structure is not the expected one."""

    def __init__(self, path: Path) -> None:
        model = onnx.load(path)
        self._nodes = list(model.graph.node)
        self._constants = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
        self.metadata = {entry.key: entry.value for entry in model.metadata_props}
        self.first_channels = self._find_first_channels()

    def constant(self, name: str, *shape: int) -> Array:
        """Return a constant in the given shape, which may differ in dimensions of 1.

        The generated code relies on the shape.
        """
        if name not in self._constants:
            raise NoMatch(f"it has no constant {name}")
        array = self._constants[name]
        found, wanted = ([size for size in each if size != 1] for each in (array.shape, shape))
        if found != wanted:
            raise NoMatch(f"{name} has the shape {array.shape}, not {shape}")
        return array.reshape(shape)

    def node(self, operator: str, place: str) -> Any:
        """Return the only node of an operator at a place in the generator."""
        start = f"{_GENERATOR}/{place}/"
        found = [
            node
            for node in self._nodes
            if node.op_type == operator
            and any(name.startswith(start) for name in (node.name, *node.output))
        ]
        if len(found) != 1:
            raise NoMatch(f"it has {len(found)} times {operator} at {place}")
        return found[0]

    def convolution(self, place: str, outputs: int, inputs: int, taps: int) -> tuple[Array, Array]:
        """Return the weight, (out, in, taps), and the bias of a convolution."""
        node = self.node("Conv", place)
        weight = self.constant(node.input[1], outputs, inputs, taps)
        return weight.astype(np.float64), self.constant(node.input[2], outputs)

    def snake_scale(self, place: str, channels: int) -> Array:
        """Return the scale of a Snake activation, (channels,)."""
        names = {
            name
            for node in self._nodes
            if node.op_type == "Mul"
            for name in node.input
            if name.startswith(f"{_GENERATOR}/{place}/") and name.endswith("/scale")
        }
        if len(names) != 1:
            raise NoMatch(f"it has no Snake at {place}")
        return self.constant(names.pop(), channels)

    def _find_first_channels(self) -> dict[str, int]:
        splits = [
            node for node in self._nodes if node.op_type == "Split" and node.input[0] == "mean"
        ]
        if len(splits) != 1:
            raise NoMatch("it does not take the statistics of its layers")
        names = [name.removeprefix("given_mean/") for name in splits[0].output]
        sizes = self.constant(splits[0].input[1], len(names))
        return dict(zip(names, (np.cumsum(sizes) - sizes).tolist(), strict=True))


def pack(path: Path, registers: RegisterTile) -> Packed:
    """Return the weights of the prepared vocoder graph at `path`, packed for a register tile.

    Raises `NoMatch` if the graph has an unexpected structure.
    """
    graph = _Graph(path)
    arrays: dict[str, Array] = {}
    first_channels: dict[str, int] = {}
    styles = []
    for layer in layers():
        arrays |= _layer(graph, layer, registers)
        norm, first_channel = _norm(graph, layer)
        styles.append(norm)
        first_channels[layer.name] = first_channel
    arrays["style.weights"], arrays["style.bias"] = (
        np.concatenate([norm[part] for norm in styles], axis=-1) for part in range(2)
    )
    for stage in STAGES:
        arrays |= _upsampling(graph, stage, registers)
        arrays |= _noise(graph, stage, registers)
    post = graph.convolution("conv_post", SPECTRUM, STAGES[-1].channels, _POST_TAPS)
    arrays |= _direct("post", *post, registers)
    mix = graph.node("MatMul", "m_source/l_linear").input[1]
    arrays["source.mix"] = graph.constant(mix, _HARMONICS, 1)
    arrays["source.bias"] = graph.constant("decoder.decoder.generator.m_source.l_linear.bias", 1)
    arrays["source.window"] = graph.constant(f"{_GENERATOR}/Constant_17_output_0", WINDOW)
    arrays["inverse.basis"] = graph.constant(f"{_STFT}.inverse_basis", SPECTRUM, WINDOW)
    arrays["inverse.window_sum"] = graph.constant(f"{_STFT}.window_sum", WINDOW)
    channels = int(graph.metadata["channels"])
    return Packed(arrays, first_channels, channels, graph.metadata["norms"])


def _layer(graph: _Graph, layer: Layer, registers: RegisterTile) -> dict[str, Array]:
    place = f"{layer.stage.graph_name(layer.block)}/convs{layer.half}.{layer.pair}"
    channels = layer.stage.channels
    weight, bias = graph.convolution(place, channels, channels, layer.taps)
    algorithm = for_taps(layer.taps)
    # In float64, so that the weights are rounded only once.
    points = np.tensordot(algorithm.weights, weight, axes=(1, 2)).transpose(0, 2, 1)
    factor = 1.0
    if registers.weights == "float16":
        factor = 2.0 ** (_GREATEST_HALF - np.ceil(np.log2(np.abs(points).max())))
    count, inputs, outputs = points.shape
    panels = (points * factor).reshape(count, inputs, outputs // registers.panel, registers.panel)
    return {
        f"{layer.name}.weights": panels.transpose(0, 2, 1, 3).astype(registers.weights),
        f"{layer.name}.scale": np.array([1 / factor], np.float32),
        f"{layer.name}.bias": bias,
    }


def _norm(graph: _Graph, layer: Layer) -> tuple[tuple[Array, Array], int]:
    """Return a normalization's weight and bias, and its first channel among the statistics.

    They turn the style into gain and offset, both multiplied by the Snake's scale.
    """
    place = f"{layer.stage.graph_name(layer.block)}/adain{layer.half}.{layer.pair}"
    linear, channels = graph.node("Gemm", place), layer.stage.channels
    weight = graph.constant(linear.input[1], STYLE, 2 * channels)
    bias = graph.constant(linear.input[2], 2 * channels)
    scale = np.tile(graph.snake_scale(place, channels), 2)
    ones = np.repeat([1.0, 0.0], channels)  # the gain is 1 + the style's value
    data = graph.node("BatchNormalization", place).input[3].removeprefix("mean/")
    if data not in graph.first_channels:
        raise NoMatch(f"it does not list the statistics at {place}")
    return (weight * scale, (bias + ones) * scale), graph.first_channels[data]


def _upsampling(graph: _Graph, stage: UpsamplingStage, registers: RegisterTile) -> dict[str, Array]:
    """Turn a transposed convolution into a convolution of two taps for each phase."""
    node = graph.node("ConvTranspose", f"ups.{stage.index}")
    inputs = STAGES[stage.index - 1].channels if stage.index else FEATURES
    weight = graph.constant(node.input[1], inputs, stage.channels, 2 * stage.stride)
    bias = graph.constant(node.input[2], stage.channels)
    phases = [
        _packed_direct(weight[:, :, [phase + stage.stride, phase]].transpose(1, 0, 2), registers)
        for phase in range(stage.stride)
    ]
    name = f"{stage.index}.up"
    return {f"{name}.weights": np.stack(phases), f"{name}.bias": bias}


def _noise(graph: _Graph, stage: UpsamplingStage, registers: RegisterTile) -> dict[str, Array]:
    """Turn a strided convolution into one without stride, over rows of `noise_stride` spectra."""
    outputs, inputs, group = stage.channels, SPECTRUM, stage.noise_stride
    taps = 2 * group if group > 1 else 1
    weight, bias = graph.convolution(f"noise_convs.{stage.index}", outputs, inputs, taps)
    padded = np.zeros((outputs, SPECTRUM_ROW, taps))
    padded[:, :inputs] = weight
    grouped = padded.transpose(0, 2, 1).reshape(outputs, taps // group, group * SPECTRUM_ROW)
    return _direct(f"{stage.index}.source", grouped.transpose(0, 2, 1), bias, registers)


def _direct(name: str, weight: Array, bias: Array, registers: RegisterTile) -> dict[str, Array]:
    packed = _packed_direct(weight, registers)
    full = np.zeros(len(packed) * registers.panel, np.float32)
    full[: len(bias)] = bias
    return {f"{name}.weights": packed, f"{name}.bias": full}


def _packed_direct(weight: Array, registers: RegisterTile) -> Array:
    """Return (out, in, taps) as (panel, tap, in, column), with zeros for missing outputs."""
    outputs, inputs, taps = weight.shape
    panels = -(-outputs // registers.panel)
    full = np.zeros((taps, inputs, panels * registers.panel), np.float32)
    full[:, :, :outputs] = weight.transpose(2, 1, 0)
    return full.reshape(taps, inputs, panels, registers.panel).transpose(2, 0, 1, 3)
