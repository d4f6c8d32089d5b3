"""The register tile of the micro-kernel, which decides the order of the weights in memory."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RegisterTile:
    """The part of a matrix product that the micro-kernel keeps in vector registers."""

    width: int
    """Floats in a vector register."""

    rows: int
    columns: int
    """Rows of results, and vectors in each row."""

    weights: str = "float32"
    """Type of the transformed weights in memory, `float32` or `float16`."""

    @property
    def panel(self) -> int:
        """Columns of the weight matrix that are stored together."""
        return self.width * self.columns
