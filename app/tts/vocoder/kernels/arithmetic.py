"""Arithmetic for transforms that both run on numpy arrays and are generated as code."""

from typing import Any, Protocol, TypeVar

Value = TypeVar("Value")


class Arithmetic(Protocol[Value]):
    """The operations of the transforms; factors are constants of the generated code."""

    def add(self, a: Value, b: Value) -> Value:
        """Return a + b."""

    def sub(self, a: Value, b: Value) -> Value:
        """Return a - b."""

    def scale(self, a: Value, factor: float) -> Value:
        """Return a * factor."""

    def scale_add(self, a: Value, factor: float, b: Value) -> Value:
        """Return a * factor + b."""


class ArrayArithmetic:
    """Arithmetic on numpy arrays, in their precision."""

    def add(self, a: Any, b: Any) -> Any:
        """Return a + b."""
        return a + b

    def sub(self, a: Any, b: Any) -> Any:
        """Return a - b."""
        return a - b

    def scale(self, a: Any, factor: float) -> Any:
        """Return a * factor."""
        return a * a.dtype.type(factor)

    def scale_add(self, a: Any, factor: float, b: Any) -> Any:
        """Return a * factor + b."""
        return a * a.dtype.type(factor) + b
