"""The number of multiplications in the model's two halves, whatever runs them."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.tts.vocoder.architecture import (
    FEATURES,
    SPECTRUM,
    STAGES,
    Layer,
    UpsamplingStage,
    layers,
)
from app.tts.vocoder.kernels.transforms import for_taps
from app.tts.vocoder.layout import POST_FRONT, stage_length
from app.tts.vocoder.partition import count_tiles

STEPS_A_FRAME = 2
FRAMES_A_SECOND = 40


@dataclass(frozen=True)
class VocoderMultiplications:
    """The multiplications for decoding some frames; each comes with an addition.

    Transforms, normalization and Snakes are left out: they grow with the number of channels, the
    multiplications with its square.
    """

    direct: int
    """Convolutions of the residual blocks, tap by tap."""

    transformed: int
    """The same in the transformed domain, including the unused ends of the last tiles."""

    rest: int
    """Convolutions that are computed tap by tap in both cases."""

    @property
    def by_taps(self) -> int:
        """All multiplications without transforms."""
        return self.direct + self.rest

    @property
    def ours(self) -> int:
        """All multiplications of our vocoder."""
        return self.transformed + self.rest


def of_vocoder(frames: int) -> VocoderMultiplications:
    """Count the multiplications for decoding `frames` frames of 25 ms."""
    steps = STEPS_A_FRAME * frames
    every_layer = list(layers())
    return VocoderMultiplications(
        direct=sum(_by_taps(layer, steps) for layer in every_layer),
        transformed=sum(_transformed(layer, steps) for layer in every_layer),
        rest=sum(_rest(stage, steps) for stage in STAGES) + _last(steps),
    )


def _by_taps(layer: Layer, steps: int) -> int:
    return stage_length(layer.stage, steps) * layer.taps * layer.stage.channels**2


def _transformed(layer: Layer, steps: int) -> int:
    tiles = count_tiles(layer.taps, layer.dilation, stage_length(layer.stage, steps))
    return tiles * for_taps(layer.taps).points * layer.stage.channels**2


def _rest(stage: UpsamplingStage, steps: int) -> int:
    """Count those of upsampling, with two taps for each output, and of the source's convolution."""
    inputs = FEATURES if stage.index == 0 else STAGES[stage.index - 1].channels
    source_taps = 2 * stage.noise_stride if stage.noise_stride > 1 else 1
    return stage_length(stage, steps) * stage.channels * (2 * inputs + SPECTRUM * source_taps)


def _last(steps: int) -> int:
    taps = 2 * POST_FRONT + 1
    return stage_length(STAGES[-1], steps) * STAGES[-1].channels * SPECTRUM * taps


class OperationCount:
    """An arithmetic that counts the operations of the transforms; values are None."""

    def __init__(self) -> None:
        self.operations = 0

    def _count(self, *operands: object) -> None:
        self.operations += 1

    add = sub = scale = scale_add = _count


def of_transforms(taps: int) -> int:
    """Count the vector operations of both transforms of one tile, for each vector of channels."""
    algorithm, count = for_taps(taps), OperationCount()
    algorithm.forward(count, [None] * algorithm.inputs)
    algorithm.backward(count, [None] * algorithm.points)
    return count.operations


_PRODUCTS = {"MatMul", "FusedMatMul", "Gemm", "FusedGemm", "MatMulInteger"}
_PRODUCTS |= {"DynamicQuantizeMatMul", "MatMulIntegerToFloat"}
_CONVOLUTIONS = {"Conv", "FusedConv", "NhwcFusedConv", "ConvInteger"}
_LSTMS = {"LSTM", "DynamicQuantizeLSTM"}


def of_profile(events: Iterable[Mapping[str, Any]]) -> int:
    """Count the multiplications in a profile of ONNX Runtime, from the shapes of its operators.

    Element-wise operators are left out.
    """
    return sum(_of_operator(event["args"]) for event in events if event.get("cat") == "Node")


def _of_operator(facts: Mapping[str, Any]) -> int:
    if "output_type_shape" not in facts:  # a fence, not the operator itself
        return 0
    name = facts["op_name"]
    inputs, outputs = (_shapes(facts[f"{kind}_type_shape"]) for kind in ("input", "output"))
    if name in _PRODUCTS:
        return math.prod(outputs[0]) * inputs[0][-1]
    if name in _CONVOLUTIONS:
        return math.prod(outputs[0]) * math.prod(inputs[1][1:])
    if name == "ConvTranspose":
        return math.prod(inputs[0]) * math.prod(inputs[1][1:])
    if name in _LSTMS:
        steps, batch, width = inputs[0]
        _, directions, _, hidden = outputs[0]
        return steps * batch * directions * 4 * hidden * (width + hidden)
    return 0


def _shapes(typed: Iterable[Mapping[str, list[int]]]) -> list[list[int]]:
    return [shape for entry in typed for shape in entry.values()]
