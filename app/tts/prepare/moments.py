"""Builds the part of a graph that measures the mean and variance of channels over time."""

from typing import Any

import numpy as np
import onnx
from onnx import helper

from app.tts.prepare.onnx_editor import GraphEditor

BLOCK = 128
"""Number of values in a block: each block is summed by itself, and then the sums are."""

_CONSTANTS = {
    "time": [2],
    "within": [3],
    "block": [BLOCK],
    "shape": [0, 0, -1, BLOCK],
    "nowhere_else": [0] * 5,
    "flat": [-1],
}


def add_constants(graph: GraphEditor) -> None:
    """Add the constants that the nodes of `moments` need."""
    for name, value in _CONSTANTS.items():
        graph.add_constant(f"moments/{name}", np.array(value, np.int64))


def moments(data: str, mean: str, variance: str) -> list[onnx.NodeProto]:
    """Build the nodes from `data`, (1, c, t), to its `mean` and `variance`, (c,), all float32.

    They agree with float64 to some 1e-6 of the deviation and of the variance. E[x^2] - E[x]^2 would
    be off by half where the mean is far above the deviation, and ONNX Runtime adds one value after
    the other, which in silence rounds the same way each time. So this is the corrected two-pass
    algorithm (Chan, Golub and LeVeque, The American Statistician 37, 1983) on sums of blocks.
    """
    names = {"data": data, "mean": mean, "variance": variance}
    names |= {name: f"moments/{name}" for name in _CONSTANTS}

    def node(operator: str, inputs: str, output: str, **attributes: Any) -> onnx.NodeProto:
        tensors = [names.get(name, f"{data}/{name}") for name in (*inputs.split(), output)]
        return helper.make_node(operator, tensors[:-1], tensors[-1:], **attributes)

    return [
        node("ReduceMean", "data time", "rough"),
        node("Sub", "data rough", "differences"),
        # Zeros fill the last block.
        node("Shape", "data", "length", start=2),
        node("Neg", "length", "negative"),
        node("Mod", "negative block", "missing"),
        node("Concat", "nowhere_else missing", "padding", axis=0),
        node("Pad", "differences padding", "padded"),
        node("Reshape", "padded shape", "blocks"),
        node("Cast", "length", "count", to=onnx.TensorProto.FLOAT),
        node("ReduceSum", "blocks within", "block_sums", keepdims=0),
        node("ReduceSum", "block_sums time", "sum"),
        node("Div", "sum count", "correction"),
        node("Add", "rough correction", "deep_mean"),
        node("Reshape", "deep_mean flat", "mean"),
        node("ReduceSumSquare", "blocks within", "block_powers", keepdims=0),
        node("ReduceSum", "block_powers time", "power"),
        node("Div", "power count", "mean_power"),
        node("Mul", "correction correction", "squared_correction"),
        node("Sub", "mean_power squared_correction", "deep_variance"),
        node("Reshape", "deep_variance flat", "variance"),
    ]
