"""Builds functions in LLVM's intermediate representation: loops over vectors of floats."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from llvmlite import ir

INTEGER, FLOAT, POINTER = ir.IntType(64), ir.FloatType(), ir.PointerType()
HALF, DOUBLE = ir.HalfType(), ir.DoubleType()
_BYTES = {INTEGER: 8, FLOAT: 4, HALF: 2, DOUBLE: 8}

Code = Any
"""A value in the function being built; llvmlite is untyped."""

Integer = Any
"""Code of a 64-bit integer, or a Python `int` for a constant."""


class Function:
    """A function being built, whose vectors have `width` floats.

    It is an `Arithmetic` on vectors. Offsets from a pointer are in floats unless a kind is given.
    """

    def __init__(
        self, module: ir.Module, name: str, parameters: str, width: int, is_internal: bool = False
    ) -> None:
        """Begin a function; `parameters` has `p` for a pointer and `i` for a 64-bit integer."""
        self.module = module
        self.width = width
        self.vector = ir.VectorType(FLOAT, width)
        kinds = [POINTER if kind == "p" else INTEGER for kind in parameters]
        self._function = ir.Function(module, ir.FunctionType(ir.VoidType(), kinds), name)
        if is_internal:
            self._function.linkage = "internal"
        self._entry = ir.IRBuilder(self._function.append_basic_block("entry"))
        self._start = self._function.append_basic_block("start")
        self.build = ir.IRBuilder(self._start)

    @property
    def arguments(self) -> list[Code]:
        """Arguments of the function."""
        return list(self._function.args)

    def finish(self) -> Code:
        """End the function, and return it as the callee for `call`."""
        self._entry.branch(self._start)
        self.build.ret_void()
        return self._function

    def call(self, function: Code, *arguments: Integer) -> None:
        """Call a finished function."""
        self.build.call(function, [self.integer(argument) for argument in arguments])

    def call_address(self, address: Code, *arguments: Code) -> None:
        """Call the function at an address computed at run time."""
        kind = ir.FunctionType(ir.VoidType(), [argument.type for argument in arguments])
        self.build.call(_Callee(address, kind), arguments)

    # Integers and control flow.

    def integer(self, value: Integer) -> Code:
        """Return the code of an integer; code is returned unchanged."""
        return ir.Constant(INTEGER, value) if isinstance(value, int) else value

    def plus(self, a: Integer, b: Integer) -> Code:
        """Return the sum of two integers."""
        return self.build.add(self.integer(a), self.integer(b))

    def minus(self, a: Integer, b: Integer) -> Code:
        """Return the difference of two integers."""
        return self.build.sub(self.integer(a), self.integer(b))

    def times(self, a: Integer, b: Integer) -> Code:
        """Return the product of two integers."""
        return self.build.mul(self.integer(a), self.integer(b))

    def divide(self, a: Integer, b: Integer) -> Code:
        """Return the quotient of two non-negative integers, rounded down."""
        return self.build.sdiv(self.integer(a), self.integer(b))

    def divide_up(self, a: Integer, b: Integer) -> Code:
        """Return the quotient of two non-negative integers, rounded up."""
        return self.divide(self.plus(a, self.minus(b, 1)), b)

    def remainder(self, a: Integer, b: Integer) -> Code:
        """Return the remainder of dividing two non-negative integers."""
        return self.build.srem(self.integer(a), self.integer(b))

    def less(self, a: Integer, b: Integer) -> Code:
        """Return whether a < b."""
        return self.build.icmp_signed("<", self.integer(a), self.integer(b))

    def minimum(self, a: Integer, b: Integer) -> Code:
        """Return the smaller of two integers."""
        return self.build.select(self.less(a, b), self.integer(a), self.integer(b))

    def maximum(self, a: Integer, b: Integer) -> Code:
        """Return the larger of two integers."""
        return self.build.select(self.less(a, b), self.integer(b), self.integer(a))

    def block(self, name: str) -> Any:
        """Return a new, empty basic block."""
        return self._function.append_basic_block(name)

    @contextmanager
    def loop(self, start: Integer, stop: Integer, step: Integer = 1) -> Iterator[Code]:
        """Loop from `start` to below `stop`; the code built in the context is the body."""
        build = self.build
        before = build.block
        head, body, after = self.block("head"), self.block("body"), self.block("after")
        start, stop = self.integer(start), self.integer(stop)
        build.branch(head)
        build.position_at_end(head)
        index = build.phi(INTEGER)
        index.add_incoming(start, before)
        build.cbranch(self.less(index, stop), body, after)
        build.position_at_end(body)
        yield index
        index.add_incoming(self.plus(index, step), build.block)
        build.branch(head)
        build.position_at_end(after)

    # Memory.

    def at(self, pointer: Code, index: Integer, kind: Any = FLOAT) -> Code:
        """Return the address of the element of type `kind` at an index after a pointer."""
        return self.build.gep(pointer, [self.integer(index)], source_etype=kind)

    def field(self, record: Code, index: Integer, kind: Any = INTEGER) -> Code:
        """Return a 64-bit field of a record: an integer or a pointer."""
        return self.build.load(self.at(record, index, INTEGER), typ=kind, align=8)

    def fields(self, record: Code, names: Mapping[str, int], pointers: set[str]) -> dict[str, Code]:
        """Return the fields of a record by name."""
        return {
            name: self.field(record, index, POINTER if name in pointers else INTEGER)
            for name, index in names.items()
        }

    def load(self, pointer: Code, index: Integer = 0, kind: Any = FLOAT) -> Code:
        """Return the vector at an address; floats of another kind are converted."""
        stored = ir.VectorType(kind, self.width)
        vector = self.build.load(self.at(pointer, index, kind), typ=stored, align=_BYTES[kind])
        return vector if kind == FLOAT else self.build.fpext(vector, self.vector)

    def store(self, value: Code, pointer: Code, index: Integer = 0) -> None:
        """Store a vector at an address."""
        self.build.store(value, self.at(pointer, index), align=4)

    def broadcast(self, pointer: Code, index: Integer = 0) -> Code:
        """Return a vector with the float at an address in every lane."""
        number = self.build.load(self.at(pointer, index), typ=FLOAT, align=4)
        return self.splat(number)

    def splat(self, number: Code) -> Code:
        """Return a vector with a number in every lane."""
        kind = ir.VectorType(number.type, self.width)
        one = self.build.insert_element(ir.Constant(kind, ir.Undefined), number, self.integer(0))
        zeros = ir.Constant(ir.VectorType(ir.IntType(32), self.width), [0] * self.width)
        return self.build.shuffle_vector(one, ir.Constant(kind, ir.Undefined), zeros)

    def scratch(self, vectors: int) -> Code:
        """Return the address of space for `vectors` vectors on the stack."""
        space = self._entry.alloca(ir.ArrayType(self.vector, vectors))
        space.align = 4 * self.width
        space.type = POINTER  # llvmlite still types an alloca by its element
        return space

    def cell(self, value: Code = None) -> Code:
        """Return a variable for a vector, which LLVM keeps in a register."""
        place = self._entry.alloca(self.vector)
        if value is not None:
            self.build.store(value, place)
        return place

    def entry_cell(self, value: Code) -> Code:
        """Return a variable for a value of another type, and set it."""
        place = self._entry.alloca(value.type)
        self.build.store(value, place)
        return place

    def get(self, cell: Code) -> Code:
        """Return the value of a cell."""
        return self.build.load(cell, typ=self.vector)

    def put(self, value: Code, cell: Code) -> None:
        """Set a cell to a vector."""
        self.build.store(value, cell)

    def prefetch(self, pointer: Code, *, for_writing: bool = False) -> None:
        """Prefetch the cache line at an address."""
        integer = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [POINTER, integer, integer, integer])
        locality, is_data = integer(2), integer(1)
        callee = self._intrinsic("llvm.prefetch.p0", kind)
        self.build.call(callee, [pointer, integer(int(for_writing)), locality, is_data])

    # Arithmetic on vectors of floats.

    def constant(self, value: float) -> Code:
        """Return a vector with `value` in every lane."""
        return ir.Constant(self.vector, [float(value)] * self.width)

    def add(self, a: Code, b: Code) -> Code:
        """Return a + b."""
        return self.build.fadd(a, b)

    def sub(self, a: Code, b: Code) -> Code:
        """Return a - b."""
        return self.build.fsub(a, b)

    def scale(self, a: Code, factor: float) -> Code:
        """Return a * factor."""
        return self.build.fmul(a, self.constant(factor))

    def scale_add(self, a: Code, factor: float, b: Code) -> Code:
        """Return a * factor + b, rounded once."""
        return self.multiply_add(a, self.constant(factor), b)

    def multiply(self, a: Code, b: Code) -> Code:
        """Return a * b."""
        return self.build.fmul(a, b)

    def multiply_add(self, a: Code, b: Code, c: Code) -> Code:
        """Return a * b + c, rounded once."""
        return self.elementwise("fma", a, b, c)

    def elementwise(self, operation: str, *operands: Code) -> Code:
        """Apply an LLVM intrinsic such as `sqrt`, `rint` or `maxnum` to vectors."""
        kind = operands[0].type
        letter = {FLOAT: "f32", DOUBLE: "f64"}[kind.element]
        name = f"llvm.{operation}.v{self.width}{letter}"
        callee = self._intrinsic(name, ir.FunctionType(kind, [kind] * len(operands)))
        return self.build.call(callee, operands)

    def _intrinsic(self, name: str, kind: ir.FunctionType) -> Code:
        return self.module.globals.get(name) or ir.Function(self.module, kind, name)


class _Callee:
    """A function's address in the form in which llvmlite can call it."""

    def __init__(self, address: Code, kind: ir.FunctionType) -> None:
        self.function_type = kind
        self.type = POINTER
        self._address = address

    def get_reference(self) -> str:
        """Return the name of the address in the text."""
        return str(self._address.get_reference())
