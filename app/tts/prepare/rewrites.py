"""Rewrites Kokoro's float graph so that ONNX Runtime runs it faster, and in windows."""

from dataclasses import dataclass

import numpy as np
import onnx
from onnx import TensorProto, helper

from app.tts.prepare.moments import add_constants, moments
from app.tts.prepare.onnx_editor import Array, GraphEditor, NoMatch

_FLAT = "rewrites/flat"
_HEIGHT = "rewrites/height_axis"

_BLOCK = 4
"""ONNX Runtime's blocked convolutions need a multiple of this many input channels."""

_FEW_CHANNELS = 16
"""Convolutions with up to this many input channels have kernels of their own."""


@dataclass(frozen=True)
class AdaptiveNorm:
    """An adaptive instance normalization, AdaIN: gain * (data - mean) / deviation + offset."""

    name: str
    """The parameter behind its gain and offset: the same in every export."""

    data: str
    gain: str
    offset: str
    epsilon: float
    output: str
    channels: int


def make_convolutions_two_dimensional(graph: GraphEditor) -> int:
    """Turn 1-D convolutions into 2-D ones of height one, and return their number.

    ONNX Runtime's blocked kernels for CPUs (NCHWc) exist for two dimensions only.
    """
    swaps = {}
    graph.add_constant(_HEIGHT, np.array([2], np.int64))
    for node in graph.nodes:
        weight = graph.constant(node.input[1]) if node.op_type == "Conv" else None
        if weight is None or weight.ndim != 3:
            continue
        flat = {a.name: helper.get_attribute_value(a) for a in node.attribute}
        (begin, end) = flat.get("pads", (0, 0))
        output = node.output[0]
        wide = graph.add_constant(f"{node.input[1]}/2d", weight[:, :, np.newaxis, :])
        swaps[output] = [
            helper.make_node("Unsqueeze", [node.input[0], _HEIGHT], [f"{output}/in"]),
            helper.make_node(
                "Conv",
                [f"{output}/in", wide, *node.input[2:]],
                [f"{output}/out"],
                name=node.name,
                kernel_shape=[1, weight.shape[2]],
                pads=[0, begin, 0, end],
                strides=[1, *flat.get("strides", [1])],
                dilations=[1, *flat.get("dilations", [1])],
                group=flat.get("group", 1),
            ),
            helper.make_node("Squeeze", [f"{output}/out", _HEIGHT], [output]),
        ]
    graph.replace(swaps)
    return len(swaps)


def fill_up_channels(graph: GraphEditor) -> int:
    """Pad convolutions with zeros to whole blocks of channels, and return how many needed it.

    Otherwise those of 1,090 channels would be computed as matrix products, which are slower than
    the blocked kernels: 6 to 8 % of the whole acoustic half on one thread.
    """
    swaps = {}
    for node in graph.nodes:
        weight = graph.constant(node.input[1]) if node.op_type == "Conv" else None
        if weight is None or weight.shape[1] <= _FEW_CHANNELS or not weight.shape[1] % _BLOCK:
            continue
        if any(a.name == "group" and a.i != 1 for a in node.attribute):
            continue
        missing = -weight.shape[1] % _BLOCK
        ends = np.zeros((2, weight.ndim), np.int64)
        ends[1, 1] = missing
        pads = graph.add_constant(f"rewrites/fill_{missing}_of_{weight.ndim}", ends.reshape(-1))
        filled = f"{node.output[0]}/filled"
        swaps[node.output[0]] = [
            helper.make_node("Pad", [node.input[0], pads], [filled]),
            _with_inputs(
                node,
                filled,
                graph.add_constant(f"{node.input[1]}/filled", np.pad(weight, ends.T)),
                *node.input[2:],
            ),
        ]
    graph.replace(swaps)
    return len(swaps)


def _with_inputs(node: onnx.NodeProto, *inputs: str) -> onnx.NodeProto:
    copy = onnx.NodeProto()
    copy.CopyFrom(node)
    copy.input[:] = inputs
    return copy


def find_norms(graph: GraphEditor) -> list[AdaptiveNorm]:
    """Return the adaptive instance normalizations in the order of the graph.

    Raises `NoMatch` when nodes begin like one but continue differently.
    """
    norms = []
    for root in graph.nodes:
        if root.op_type != "Sqrt" or not graph.makes(root.input[0], "Add"):
            continue
        add = graph.producer(root.input[0])
        epsilon = [c for c in map(graph.constant, add.input) if c is not None]
        squares = [name for name in add.input if graph.makes(name, "ReduceMean")]
        if len(epsilon) != 1 or len(squares) != 1:
            continue
        square = graph.producer(graph.producer(squares[0]).input[0], "Mul", "Pow")
        difference = graph.producer(square.input[0], "Sub")
        data, mean = difference.input
        if graph.producer(mean, "ReduceMean").input[0] != data:
            raise NoMatch(f"{root.name} is not a deviation from a mean")
        # Blocks that normalize the same data share its mean and deviation.
        for quotient in graph.consumers(root.output[0]):
            norms += _norms_of(graph, quotient, data, float(epsilon[0]))
    return norms


def _norms_of(
    graph: GraphEditor, quotient: onnx.NodeProto, data: str, epsilon: float
) -> list[AdaptiveNorm]:
    norms = []
    for product in graph.consumers(quotient.output[0]):
        total = graph.consumer(product.output[0], "Add")
        gain = graph.other_input(product, quotient.output[0])
        offset = graph.other_input(total, product.output[0])
        name, channels = _linear_layer(graph, offset)
        norms.append(AdaptiveNorm(name, data, gain, offset, epsilon, total.output[0], channels))
    return norms


def _linear_layer(graph: GraphEditor, offset: str) -> tuple[str, int]:
    """Return the bias of the layer that makes a norm's gain and offset, and half its width."""
    unsqueeze = graph.producer(graph.producer(offset, "Split").input[0], "Unsqueeze")
    linear = graph.producer(unsqueeze.input[0], "Gemm", "Add")
    for name in linear.input:
        bias = graph.constant(name)
        if bias is not None and bias.ndim == 1:
            return name, len(bias) // 2
    raise NoMatch(f"{linear.name} is not a linear layer")


def open_norms(graph: GraphEditor, norms: list[AdaptiveNorm]) -> list[AdaptiveNorm]:
    """Let the norms use given statistics when `predicted` is set, else those of the data.

    The graph then takes `predicted` (bool), `mean` and `variance` (float32, with the channels of
    all norms; norms of the same data count once) and makes `measured_mean` and `measured_variance`.
    Returns the norms of distinct data in the order of their channels, which is that of their names
    and so the same for every export.
    """
    by_name = sorted(norms, key=lambda norm: norm.name, reverse=True)
    distinct = sorted({norm.data: norm for norm in by_name}.values(), key=lambda norm: norm.name)
    graph.add_constant(_FLAT, np.array([-1], np.int64))
    add_constants(graph)
    sizes = np.array([norm.channels for norm in distinct], np.int64)
    graph.add_constant("rewrites/sizes", sizes)
    for kind in ("mean", "variance"):
        parts = [f"given_{kind}/{norm.data}" for norm in distinct]
        graph.nodes.append(helper.make_node("Split", [kind, "rewrites/sizes"], parts, axis=0))
        parts = [f"{kind}/{norm.data}" for norm in distinct]
        graph.nodes.append(helper.make_node("Concat", parts, [f"measured_{kind}"], axis=0))
    graph.nodes += [_statistics(norm) for norm in distinct]
    graph.replace({norm.output: _batch_norm(norm, norm.output) for norm in norms})
    return distinct


def _statistics(norm: AdaptiveNorm) -> onnx.NodeProto:
    """Build the node that chooses between given statistics and those of the data."""
    data = norm.data
    mean, variance = f"mean/{data}", f"variance/{data}"
    given = [
        helper.make_node("Identity", [f"given_mean/{data}"], [f"{mean}/given"]),
        helper.make_node("Identity", [f"given_variance/{data}"], [f"{variance}/given"]),
    ]
    measured = moments(data, f"{mean}/measured", f"{variance}/measured")
    branches = {
        f"{which}_branch": helper.make_graph(
            nodes,
            f"{source} statistics",
            [],
            [
                helper.make_tensor_value_info(f"{name}/{source}", TensorProto.FLOAT, None)
                for name in (mean, variance)
            ],
        )
        for which, source, nodes in (("then", "given", given), ("else", "measured", measured))
    }
    return helper.make_node("If", ["predicted"], [mean, variance], name=f"{data}/if", **branches)


def _batch_norm(norm: AdaptiveNorm, output: str) -> list[onnx.NodeProto]:
    """Build one pass over the data to replace a subtraction, division, product and sum."""
    gain, offset = f"{norm.output}/gain", f"{norm.output}/offset"
    statistics = [f"mean/{norm.data}", f"variance/{norm.data}"]
    return [
        helper.make_node("Reshape", [norm.gain, _FLAT], [gain]),
        helper.make_node("Reshape", [norm.offset, _FLAT], [offset]),
        helper.make_node(
            "BatchNormalization",
            [norm.data, gain, offset, *statistics],
            [output],
            epsilon=norm.epsilon,
        ),
    ]


def simplify_snakes(graph: GraphEditor, norms: list[AdaptiveNorm]) -> int:
    """Fold the scales of Snake activations into their neighbours, and return their number.

    Snake is x + sin(a x)^2 / a (Ziyin et al. 2020, arXiv 2006.08195). With w = a x it is
    (w + sin(w)^2) / a. So a goes into the gain and offset of the norm before it, and 1 / a into the
    weights of the convolution after it, which saves three passes over the data.
    """
    swaps: dict[str, list[onnx.NodeProto]] = {}
    for norm in norms:
        scalings = [node for node in graph.consumers(norm.output) if node.op_type == "Mul"]
        if not scalings:
            continue
        sine = graph.consumer(scalings[0].output[0], "Sin")
        square = graph.consumer(sine.output[0], "Pow", "Mul")
        inverse = graph.consumer(square.output[0], "Mul")
        total = graph.consumer(inverse.output[0], "Add")
        convolution = graph.consumer(total.output[0], "Conv")
        if graph.other_input(total, inverse.output[0]) != norm.output:
            raise NoMatch(f"{sine.name} belongs to no Snake activation")
        scale = graph.weights(graph.other_input(scalings[0], norm.output)).reshape(-1)
        divisor = graph.weights(graph.other_input(inverse, square.output[0])).reshape(-1)
        swaps |= _folded_into_norm(graph, norm, scale)
        swaps[total.output[0]] = _sine_snake(norm.output, total.output[0])
        weight = graph.weights(convolution.input[1]) * divisor[:, np.newaxis]
        convolution.input[1] = graph.add_constant(f"{convolution.input[1]}/snake", weight)
    graph.replace(swaps)
    return len(swaps) // 3


def _folded_into_norm(
    graph: GraphEditor, norm: AdaptiveNorm, scale: Array
) -> dict[str, list[onnx.NodeProto]]:
    name = graph.add_constant(f"{norm.output}/scale", scale)
    return {
        tensor: [
            helper.make_node("Reshape", [source, _FLAT], [f"{tensor}/plain"]),
            helper.make_node("Mul", [f"{tensor}/plain", name], [tensor]),
        ]
        for tensor, source in (
            (f"{norm.output}/gain", norm.gain),
            (f"{norm.output}/offset", norm.offset),
        )
    }


def _sine_snake(data: str, output: str) -> list[onnx.NodeProto]:
    sine, square = f"{output}/sine", f"{output}/square"
    return [
        helper.make_node("Sin", [data], [sine]),
        helper.make_node("Mul", [sine, sine], [square]),
        helper.make_node("Add", [data, square], [output]),
    ]
