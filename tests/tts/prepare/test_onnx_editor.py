"""The editor finds nodes and tensors in a graph, and says where it is not as expected."""

import numpy as np
import pytest
from onnx import helper

from app.tts.prepare.onnx_editor import GraphEditor, NoMatch, floats
from tests.tts.prepare.graphs import operators, parse, run

MODEL = """
    <ir_version: 8, opset_import: ["" : 18]>
    line (float[2] a) => (float[2] d)
    { b = Mul (a, factor)  c = Neg (b)  unused = Abs (b)  d = Add (c, b) }
"""


def editor() -> GraphEditor:
    return GraphEditor(parse(MODEL, {"factor": np.array([2, 3], np.float32)}))


def test_producers_consumers_and_constants_are_found() -> None:
    graph = editor()
    assert graph.producer("c", "Neg").input[0] == "b"
    assert graph.consumer("c", "Add").output[0] == "d"
    assert [node.op_type for node in graph.consumers("b")] == ["Neg", "Abs", "Add"]
    assert graph.other_input(graph.producer("d"), "c") == "b"
    assert graph.weights("factor").tolist() == [2, 3]
    assert graph.constant("b") is None
    assert graph.makes("c", "Neg")
    assert not graph.makes("a", "Neg")


def test_what_is_not_as_expected_is_named() -> None:
    graph = editor()
    with pytest.raises(NoMatch, match="no nothing"):
        graph.producer("nothing")
    with pytest.raises(NoMatch, match="c is made by Neg, not by Sin or Cos"):
        graph.producer("c", "Sin", "Cos")
    with pytest.raises(NoMatch, match="b goes to Neg, Abs, Add, not to one Neg"):
        graph.consumer("b", "Neg")
    with pytest.raises(NoMatch, match="b is computed"):
        graph.weights("b")
    with pytest.raises(NoMatch, match="it has no e"):
        graph.require(["d", "e"])
    with pytest.raises(NoMatch, match="operators are of set 18, not of 19"):
        graph.require(["d"], operator_set=19)


def test_a_model_is_cut_out_without_what_it_does_not_need() -> None:
    model = editor().finish([floats("b", 2)], [floats("d", 2)])
    assert operators(model) == ["Neg", "Add"]
    assert not model.graph.initializer
    (d,) = run(model, {"b": np.array([1, 2], np.float32)})
    assert d.tolist() == [0, 0]


def test_a_cut_that_lacks_an_input_is_no_match() -> None:
    with pytest.raises(NoMatch, match="it has no a"):
        editor().finish([floats("c", 2)], [floats("d", 2)])


def test_nodes_are_replaced_and_tensors_renamed() -> None:
    graph = editor()
    graph.rename({"a": "text"})
    graph.replace({"c": [helper.make_node("Abs", ["b"], ["c"])]})
    model = graph.finish([floats("text", 2)], [floats("d", 2)])
    (d,) = run(model, {"text": np.array([1, -1], np.float32)})
    assert d.tolist() == [4, 0]


def test_nodes_are_put_in_the_order_in_which_they_can_run() -> None:
    graph = editor()
    graph.nodes.reverse()
    graph.rename({})
    assert operators(graph.finish([floats("a", 2)], [floats("d", 2)])) == ["Mul", "Neg", "Add"]
