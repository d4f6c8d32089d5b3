"""A dynamically quantized graph becomes a graph of floats with the same results."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnxruntime.quantization import QuantType, quantize_dynamic

from app.tts.prepare.dequantize import QUANTIZED, dequantize, is_quantized
from app.tts.prepare.onnx_editor import NoMatch
from tests.tts.prepare.graphs import Array, operators, parse, run

MODEL = """
    <ir_version: 8, opset_import: ["" : 18]>
    layers (float[1, 8, n] data) => (float[n, 2, 1, 6] spoken)
    {
        filtered = Conv <kernel_shape: ints = [3], pads: ints = [1, 1]> (data, kernel, bias)
        rows = Transpose <perm: ints = [2, 0, 1]> (filtered)
        mixed = MatMul (rows, matrix)
        spoken, last, cell = LSTM <hidden_size: int = 6, direction: string = "bidirectional">
            (mixed, input_weights, recurrence, lstm_bias)
    }
"""


def weights(*shape: int) -> Array:
    random = np.random.default_rng(sum(shape))
    return 0.3 * random.normal(size=shape).astype(np.float32)


def float_model() -> onnx.ModelProto:
    return parse(
        MODEL,
        {
            "kernel": weights(8, 8, 3),
            "bias": weights(8),
            "matrix": weights(8, 8),
            "input_weights": weights(2, 24, 8),
            "recurrence": weights(2, 24, 6),
            "lstm_bias": weights(2, 48),
        },
    )


@pytest.fixture(params=[True, False], ids=["a scale for each channel", "one scale"])
def quantized(request: pytest.FixtureRequest, tmp_path: Path) -> onnx.ModelProto:
    source, target = tmp_path / "float.onnx", tmp_path / "int8.onnx"
    onnx.save(float_model(), source)
    kinds = ["Conv", "MatMul", "LSTM"]
    quantize_dynamic(source, target, kinds, per_channel=request.param, weight_type=QuantType.QInt8)
    return onnx.load(target)


def test_a_dequantized_model_is_nearer_to_the_floats_it_came_from_than_the_integers_are(
    quantized: onnx.ModelProto,
) -> None:
    assert is_quantized(quantized)
    dequantized = dequantize(quantized)
    assert not is_quantized(dequantized)
    data = {"data": weights(1, 8, 40)}
    (original,) = run(float_model(), data)
    integers, floats = (
        np.abs(run(model, data)[0] - original).mean() for model in (quantized, dequantized)
    )
    assert floats < 0.01 * np.abs(original).mean()
    assert floats < integers


def test_a_float_model_is_left_as_it_is() -> None:
    model = float_model()
    assert dequantize(model) is model


def test_integers_that_are_wired_otherwise_are_no_match(quantized: onnx.ModelProto) -> None:
    cast = next(node for node in quantized.graph.node if node.op_type == "Cast")
    cast.op_type = "Identity"
    del cast.attribute[:]
    with pytest.raises(NoMatch):
        dequantize(quantized)


def test_the_operators_are_those_of_onnx_runtimes_dynamic_quantization(
    quantized: onnx.ModelProto,
) -> None:
    assert set(QUANTIZED) <= set(operators(quantized))
