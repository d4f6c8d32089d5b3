"""Shapes of the micro-kernel, which decide the order of weights in memory."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Shape:
    """The micro-kernel's: how much it computes at once."""

    width: int
    """Floats in a vector."""

    rows: int
    columns: int
    """Rows by vectors of sums."""

    weights: str = "float32"
    """Type of transformed weights in memory, `float32` or `float16`."""

    @property
    def panel(self) -> int:
        """Columns of a matrix of weights that lie together."""
        return self.width * self.columns
