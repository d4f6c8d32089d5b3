"""A rewritten graph computes what it did, and takes statistics from outside."""

import numpy as np
import onnx
import pytest

from app.tts.onnx_editor import GraphEditor, NoMatch, booleans, floats
from app.tts.rewrites import (
    find_norms,
    make_convolutions_two_dimensional,
    open_norms,
    simplify_snakes,
)
from tests.tts.graphs import CHANNELS, operators, run, snake_block

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
    with pytest.raises(NoMatch, match="no deviation from a mean"):
        find_norms(GraphEditor(model))
