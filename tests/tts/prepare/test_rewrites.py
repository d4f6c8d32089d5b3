"""A rewritten graph computes the same as before, and takes statistics from outside."""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest

from app.tts.prepare.onnx_editor import GraphEditor, NoMatch, booleans, floats
from app.tts.prepare.rewrites import (
    fill_up_channels,
    find_norms,
    make_convolutions_two_dimensional,
    open_norms,
    simplify_snakes,
)
from tests.tts.prepare.graphs import CHANNELS, operators, parse, run, snake_block

RANDOM = np.random.default_rng(1)
DATA = RANDOM.normal(size=(1, CHANNELS, 50)).astype(np.float32)
STYLE = RANDOM.normal(size=(1, 3)).astype(np.float32)


def rewritten(model: onnx.ModelProto) -> onnx.ModelProto:
    graph = GraphEditor(model)
    norms = find_norms(graph)
    assert [norm.channels for norm in open_norms(graph, norms)] == [CHANNELS]
    assert simplify_snakes(graph, norms) == 1
    assert make_convolutions_two_dimensional(graph) == 1
    inputs = [
        *model.graph.input,
        booleans("predicted"),
        floats("mean", CHANNELS),
        floats("variance", CHANNELS),
    ]
    outputs = [*model.graph.output, floats("measured_mean"), floats("measured_variance")]
    return graph.finish(inputs, outputs)


def feeds(predicted: bool, mean: float, variance: float) -> dict[str, np.ndarray]:
    return {
        "data": DATA,
        "style": STYLE,
        "predicted": np.array(predicted),
        "mean": np.full(CHANNELS, mean, np.float32),
        "variance": np.full(CHANNELS, variance, np.float32),
    }


def test_a_rewritten_block_computes_what_it_did_and_tells_its_statistics() -> None:
    (expected,) = run(snake_block(), {"data": DATA, "style": STYLE})
    audio, mean, variance = run(rewritten(snake_block()), feeds(False, 0, 0))
    np.testing.assert_allclose(audio, expected, atol=1e-4)
    np.testing.assert_allclose(mean, DATA[0].mean(axis=1), atol=1e-5)
    np.testing.assert_allclose(variance, DATA[0].var(axis=1), atol=1e-5)


def test_statistics_are_right_where_the_mean_is_far_above_the_deviation() -> None:
    far = (DATA + 300).astype(np.float32)
    _, mean, variance = run(rewritten(snake_block()), feeds(False, 0, 0) | {"data": far})
    exact = far[0].astype(np.float64)
    np.testing.assert_allclose(mean, exact.mean(axis=1), rtol=1e-6)
    np.testing.assert_allclose(variance, exact.var(axis=1), rtol=1e-5)


def test_given_statistics_take_the_place_of_measured_ones() -> None:
    model = rewritten(snake_block())
    _, mean, variance = run(model, feeds(False, 0, 0))
    whole, *_ = run(model, feeds(False, 0, 0))
    window = feeds(True, 0, 0) | {"data": DATA[:, :, 10:40], "mean": mean, "variance": variance}
    audio, *_ = run(model, window)
    reach = 2  # of the convolution
    np.testing.assert_allclose(
        audio[:, :, reach:-reach], whole[:, :, 10 + reach : 40 - reach], atol=1e-4
    )
    other, *_ = run(model, feeds(True, 1, 4))
    assert not np.allclose(other, whole, atol=0.1)


def test_no_pass_over_the_data_is_left_of_the_old_ones() -> None:
    kinds = operators(rewritten(snake_block()))
    assert "BatchNormalization" in kinds
    assert not {"Div", "Pow", "Sqrt"} & set(kinds)


def test_a_deviation_from_something_else_than_the_mean_is_no_match() -> None:
    model = snake_block()
    subtraction = next(node for node in model.graph.node if node.op_type == "Sub")
    reduction = next(node for node in model.graph.node if node.op_type == "ReduceMean")
    model.graph.node.insert(
        0, onnx.helper.make_node("Abs", [reduction.input[0]], ["magnitude"], name="abs")
    )
    reduction.input[0] = "magnitude"
    assert subtraction.input[0] == "data"
    with pytest.raises(NoMatch, match="is not a deviation from a mean"):
        find_norms(GraphEditor(model))


CONVOLUTION = """
    <ir_version: 8, opset_import: ["" : 18]>
    block (float[1, CHANNELS, n] data) => (float[1, 32, m] audio)
    {
        audio = Conv <kernel_shape: ints = [3], pads: ints = [1, 1], group: int = GROUP>
            (data, kernel, bias)
    }
"""


def convolution(channels: int, group: int = 1) -> onnx.ModelProto:
    text = CONVOLUTION.replace("CHANNELS", str(channels)).replace("GROUP", str(group))
    kernel = RANDOM.normal(size=(32, channels // group, 3)).astype(np.float32)
    return parse(text, {"kernel": kernel, "bias": RANDOM.normal(size=32).astype(np.float32)})


def optimized_operators(model: onnx.ModelProto, folder: Path) -> list[str]:
    """Return the operators that ONNX Runtime makes of a model on this processor."""
    options = onnxruntime.SessionOptions()
    options.optimized_model_filepath = str(folder / "optimized.onnx")
    options.log_severity_level = 3
    providers = ["CPUExecutionProvider"]
    onnxruntime.InferenceSession(model.SerializeToString(), options, providers=providers)
    return operators(onnx.load(folder / "optimized.onnx"))


@pytest.mark.parametrize("channels", [33, 34, 35])
def test_a_convolution_of_an_odd_number_of_channels_computes_what_it_did_in_blocks(
    channels: int, tmp_path: Path
) -> None:
    before = convolution(channels)
    graph = GraphEditor(before)
    assert fill_up_channels(graph) == 1
    assert make_convolutions_two_dimensional(graph) == 1
    after = graph.finish(before.graph.input, before.graph.output)
    data = RANDOM.normal(size=(1, channels, 50)).astype(np.float32)
    (expected,), (audio,) = (run(model, {"data": data}) for model in (before, after))
    np.testing.assert_allclose(audio, expected, atol=1e-4)
    # If there are blocked kernels at all, they are used.
    blocked = "ReorderInput" in optimized_operators(flat(convolution(36)), tmp_path)
    assert ("ReorderInput" in optimized_operators(after, tmp_path)) == blocked


def flat(model: onnx.ModelProto) -> onnx.ModelProto:
    graph = GraphEditor(model)
    make_convolutions_two_dimensional(graph)
    return graph.finish(model.graph.input, model.graph.output)


@pytest.mark.parametrize(("channels", "group"), [(36, 1), (9, 1), (68, 2)])
def test_a_convolution_that_zeros_do_not_help_stays_as_it_is(channels: int, group: int) -> None:
    assert fill_up_channels(GraphEditor(convolution(channels, group))) == 0
