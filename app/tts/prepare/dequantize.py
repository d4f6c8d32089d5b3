"""Turns a dynamically quantized Kokoro graph back into floats: as fast on CPUs, but less noisy."""

import numpy as np
import onnx
from onnx import helper

from app.tts.prepare.onnx_editor import Array, GraphEditor, NoMatch

QUANTIZED = ("ConvInteger", "MatMulInteger", "DynamicQuantizeLSTM")


def is_quantized(model: onnx.ModelProto) -> bool:
    """Return whether the model computes with integers."""
    return any(node.op_type in QUANTIZED for node in model.graph.node)


def dequantize(model: onnx.ModelProto) -> onnx.ModelProto:
    """Replace integer convolutions, products and LSTMs with float ones on dequantized weights.

    The integer operators come from ONNX Runtime's dynamic quantization: see `quantize_dynamic` in
    onnxruntime.quantization. Raises `NoMatch` when they are wired in another way. A model without
    them is returned as it is.
    """
    if not is_quantized(model):
        return model
    graph = GraphEditor(model)
    swaps: dict[str, list[onnx.NodeProto]] = {}
    for node in graph.nodes:
        if node.op_type == "DynamicQuantizeLSTM":
            swaps[node.output[0]] = [_float_lstm(graph, node)]
        elif node.op_type in QUANTIZED:
            replacement = _float_product(graph, node)
            swaps[replacement.output[0]] = [replacement]
    graph.replace(swaps)
    return graph.finish(model.graph.input, model.graph.output)


def _float_product(graph: GraphEditor, node: onnx.NodeProto) -> onnx.NodeProto:
    """Build the Conv or MatMul that replaces an integer one and the scaling after it."""
    quantize = graph.producer(node.input[0], "DynamicQuantizeLinear")
    following = graph.consumer(node.output[0], "Add", "Cast")
    bias = []
    if following.op_type == "Add":
        bias = [_float_bias(graph, graph.other_input(following, node.output[0]))]
        following = graph.consumer(following.output[0], "Cast")
    rescale = graph.consumer(following.output[0], "Mul")
    scales = graph.producer(graph.other_input(rescale, following.output[0]), "Mul")
    scale = graph.weights(graph.other_input(scales, quantize.output[1]))
    zero_point = graph.weights(node.input[3]) if len(node.input) > 3 else np.zeros((), np.int8)
    weight = (_wide(graph.weights(node.input[1])) - _wide(zero_point)) * scale
    name = graph.add_constant(f"{node.input[1]}/float", weight.astype(np.float32))
    is_convolution = node.op_type == "ConvInteger"
    if bias and not is_convolution:
        raise NoMatch(f"{node.name} has a bias among the integers")
    replacement = helper.make_node(
        "Conv" if is_convolution else "MatMul",
        [quantize.input[0], name, *bias],
        [rescale.output[0]],
        name=node.name,
    )
    replacement.attribute.extend(node.attribute)
    return replacement


def _float_bias(graph: GraphEditor, tensor: str) -> str:
    """Return the float bias that was quantized as Div, Floor, Cast and Reshape."""
    for op_type in ("Reshape", "Cast", "Floor", "Div"):
        tensor = graph.producer(tensor, op_type).input[0]
    graph.weights(tensor)
    return tensor


def _float_lstm(graph: GraphEditor, node: onnx.NodeProto) -> onnx.NodeProto:
    """Build the LSTM for a DynamicQuantizeLSTM, whose weights are transposed and scaled."""
    data, weight, recurrence, *rest = node.input
    scale, zero_point, recurrence_scale, recurrence_zero_point = rest[-4:]
    replacement = helper.make_node(
        "LSTM",
        [
            data,
            _lstm_weight(graph, weight, scale, zero_point),
            _lstm_weight(graph, recurrence, recurrence_scale, recurrence_zero_point),
            *rest[:-4],
        ],
        node.output,
        name=node.name,
    )
    replacement.attribute.extend(node.attribute)
    return replacement


def _lstm_weight(graph: GraphEditor, weight: str, scale: str, zero_point: str) -> str:
    quantized, scales, zero = (graph.weights(name) for name in (weight, scale, zero_point))
    # There is one scale per direction, or one per column of each direction.
    shape = (len(scales), 1, -1)
    value = (_wide(quantized) - _wide(zero).reshape(shape)) * scales.reshape(shape)
    return graph.add_constant(f"{weight}/float", value.transpose(0, 2, 1).astype(np.float32))


def _wide(integers: Array) -> Array:
    return integers.astype(np.float32)
