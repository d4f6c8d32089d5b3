"""Small graphs built like parts of Kokoro's, and their results in ONNX Runtime."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import onnx.parser
import onnxruntime
from onnx import numpy_helper

Array = npt.NDArray[Any]

CHANNELS = 4

SNAKE_BLOCK = """
    <ir_version: 8, opset_import: ["" : 18]>
    block (float[1, 4, n] data, float[1, 3] style) => (float[1, 4, m] audio)
    <float epsilon = {0.00001}, float two = {2.0}, int64[2] halves = {4, 4}, int64[1] time = {2}>
    {
        mean = ReduceMean (data, time)
        difference = Sub (data, mean)
        squares = Mul (difference, difference)
        variance = ReduceMean (squares, time)
        guarded = Add (variance, epsilon)
        deviation = Sqrt (guarded)
        normal = Div (difference, deviation)
        linear = Gemm (style, layer_weight, layer_bias)
        deep = Unsqueeze (linear, time)
        gain, offset = Split <axis: int = 1> (deep, halves)
        product = Mul (normal, gain)
        adapted = Add (product, offset)
        scaled = Mul (adapted, alpha)
        sine = Sin (scaled)
        square = Pow (sine, two)
        share = Mul (square, inverse)
        snake = Add (adapted, share)
        audio = Conv <kernel_shape: ints = [3], pads: ints = [2, 2], dilations: ints = [2]>
            (snake, kernel, kernel_bias)
    }
"""
"""An adaptive instance normalization, a Snake activation and a convolution."""


def parse(text: str, weights: Mapping[str, Array]) -> onnx.ModelProto:
    """Return the model written as a text, with the named weights."""
    model = onnx.parser.parse_model(text)
    model.graph.initializer.extend(
        numpy_helper.from_array(value, name) for name, value in weights.items()
    )
    return model


def snake_block() -> onnx.ModelProto:
    """Return `SNAKE_BLOCK` with weights."""
    random = np.random.default_rng(0)
    alpha = random.uniform(0.5, 2, (1, CHANNELS, 1)).astype(np.float32)
    weights = {
        "layer_weight": random.normal(size=(3, 2 * CHANNELS)).astype(np.float32),
        "layer_bias": random.normal(size=2 * CHANNELS).astype(np.float32),
        "alpha": alpha,
        "inverse": 1 / alpha,
        "kernel": random.normal(size=(CHANNELS, CHANNELS, 3)).astype(np.float32),
        "kernel_bias": random.normal(size=CHANNELS).astype(np.float32),
    }
    return parse(SNAKE_BLOCK, weights)


def run(model: onnx.ModelProto, feeds: Mapping[str, Array]) -> list[Array]:
    """Return all outputs of a model."""
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    return list(session.run(None, dict(feeds)))


def operators(model: onnx.ModelProto) -> list[str]:
    """Return the operators of a model, in order."""
    return [node.op_type for node in model.graph.node]
