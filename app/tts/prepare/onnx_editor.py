"""An editor of ONNX graphs: finds producers, consumers and constants, swaps and prunes nodes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import helper, numpy_helper

Array = npt.NDArray[Any]

_OPERATOR_SETS = ("", "ai.onnx", "com.microsoft")


class NoMatch(Exception):
    """The graph is not built as the edit expects; the message says where."""


class GraphEditor:
    """Rewrites the graph of a model; `finish` returns the new model."""

    def __init__(self, model: onnx.ModelProto) -> None:
        self._model = model
        self.nodes: list[onnx.NodeProto] = list(model.graph.node)
        self._initializers = {tensor.name: tensor for tensor in model.graph.initializer}
        self._index()

    def producer(self, tensor: str, *op_types: str) -> onnx.NodeProto:
        """Return the node that makes `tensor`; raises `NoMatch` if it has another type."""
        node = self._producers.get(tensor)
        if node is None or (op_types and node.op_type not in op_types):
            if node is None:
                raise NoMatch(f"it has no {tensor}")
            raise NoMatch(f"{tensor} is made by {node.op_type}, not by {' or '.join(op_types)}")
        return node

    def makes(self, tensor: str, op_type: str) -> bool:
        """Return whether a node of this type makes `tensor`."""
        node = self._producers.get(tensor)
        return node is not None and node.op_type == op_type

    def consumer(self, tensor: str, *op_types: str) -> onnx.NodeProto:
        """Return the only node that takes `tensor`.

        Raises `NoMatch` unless there is exactly one, of one of these types.
        """
        nodes = self._consumers.get(tensor, [])
        if len(nodes) != 1 or (op_types and nodes[0].op_type not in op_types):
            found = ", ".join(node.op_type for node in nodes) or "no node"
            raise NoMatch(f"{tensor} goes to {found}, not to one {' or '.join(op_types)}")
        return nodes[0]

    def require(self, tensors: Iterable[str], operator_set: int = 1) -> None:
        """Raise `NoMatch` unless nodes make all `tensors`, with operators of this set or later."""
        opsets = [o.version for o in self._model.opset_import if o.domain in ("", "ai.onnx")]
        version = max(opsets, default=0)
        if version < operator_set:
            raise NoMatch(f"its operators are of set {version}, not of {operator_set}")
        for tensor in tensors:
            self.producer(tensor)

    def constant(self, tensor: str) -> Array | None:
        """Return the value of `tensor` if it is an initializer, else None."""
        initializer = self._initializers.get(tensor)
        return None if initializer is None else numpy_helper.to_array(initializer)

    def weights(self, tensor: str) -> Array:
        """Return the value of an initializer; raises `NoMatch` if `tensor` is not one."""
        value = self.constant(tensor)
        if value is None:
            raise NoMatch(f"{tensor} is computed, not constant")
        return value

    def add_constant(self, name: str, value: Array) -> str:
        """Add an initializer and return its name."""
        self._initializers[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def other_input(self, node: onnx.NodeProto, tensor: str) -> str:
        """Return the other input of a node that takes two, one of them `tensor`."""
        first, second = node.input
        return str(second if first == tensor else first)

    def replace(self, swaps: Mapping[str, Sequence[onnx.NodeProto]]) -> None:
        """Replace the nodes that make the named tensors."""
        self.nodes = [
            new
            for node in self.nodes
            for new in next((swaps[name] for name in node.output if name in swaps), (node,))
        ]
        self._index()

    def rename(self, names: Mapping[str, str]) -> None:
        """Give tensors other names."""
        for node in self.nodes:
            node.input[:] = [names.get(name, name) for name in node.input]
            node.output[:] = [names.get(name, name) for name in node.output]
        self._index()

    def consumers(self, tensor: str) -> list[onnx.NodeProto]:
        """Return the nodes that take `tensor`."""
        return list(self._consumers.get(tensor, []))

    def prune(self, inputs: Iterable[onnx.ValueInfoProto], outputs: Iterable[str]) -> None:
        """Keep only the nodes between `inputs` and `outputs`."""
        self.nodes = self._needed(outputs, {value.name for value in inputs})
        self._index()

    def finish(
        self, inputs: Sequence[onnx.ValueInfoProto], outputs: Sequence[onnx.ValueInfoProto]
    ) -> onnx.ModelProto:
        """Return a model from `inputs` to `outputs`; raises `NoMatch` if that is not possible."""
        given = {value.name for value in inputs}
        self.prune(inputs, [value.name for value in outputs])
        nodes = self.nodes
        used = {name for node in nodes for name in _inputs(node)} - given
        missing = (used | {value.name for value in outputs}) - self._producers.keys()
        missing -= self._initializers.keys()
        if missing:
            raise NoMatch(f"it has no {min(missing)}")
        graph = helper.make_graph(
            nodes,
            self._model.graph.name or "kokoro",
            inputs,
            outputs,
            [tensor for name, tensor in self._initializers.items() if name in used],
        )
        return helper.make_model(
            graph,
            opset_imports=[
                opset for opset in self._model.opset_import if opset.domain in _OPERATOR_SETS
            ],
            ir_version=self._model.ir_version,
        )

    def _index(self) -> None:
        self._producers = {name: node for node in self.nodes for name in node.output if name}
        self._consumers: dict[str, list[onnx.NodeProto]] = {}
        for node in self.nodes:
            for name in dict.fromkeys(node.input):
                self._consumers.setdefault(name, []).append(node)

    def _needed(self, outputs: Iterable[str], given: set[str]) -> list[onnx.NodeProto]:
        """Return the nodes that `outputs` need, each after the ones that it needs itself."""
        ordered: list[onnx.NodeProto] = []
        entered: set[str] = set()
        # Depth first with a stack of our own: the graph is deeper than Python's recursion limit.
        stack: list[tuple[onnx.NodeProto, Iterator[str]]] = []

        def enter(tensor: str) -> None:
            node = self._producers.get(tensor)
            if node is not None and tensor not in given and node.output[0] not in entered:
                entered.add(node.output[0])
                stack.append((node, _inputs(node)))

        for output in outputs:
            enter(output)
            while stack:
                tensor = next(stack[-1][1], None)
                if tensor is None:
                    ordered.append(stack.pop()[0])
                else:
                    enter(tensor)
        return ordered


def _inputs(node: onnx.NodeProto) -> Iterator[str]:
    """Return the tensors that a node takes, including those its subgraphs take from outside."""
    yield from (name for name in node.input if name)
    for attribute in node.attribute:
        if attribute.type == onnx.AttributeProto.GRAPH:
            inner = {name for child in attribute.g.node for name in child.output}
            for child in attribute.g.node:
                yield from (name for name in _inputs(child) if name not in inner)


def floats(name: str, *shape: int | str) -> onnx.ValueInfoProto:
    """Describe an input or output of float32, by default of any shape."""
    return helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, shape or None)


def integers(name: str, *shape: int | str) -> onnx.ValueInfoProto:
    """Describe an input of int64."""
    return helper.make_tensor_value_info(name, onnx.TensorProto.INT64, shape)


def booleans(name: str, *shape: int | str) -> onnx.ValueInfoProto:
    """Describe an input of bool."""
    return helper.make_tensor_value_info(name, onnx.TensorProto.BOOL, shape)
