"""Signals for generated code to work on: rows of channels amid values that must not be touched."""

from typing import Any

import numpy as np
import numpy.typing as npt

from app.tts.vocoder.layout import SPARE_ROWS
from app.tts.vocoder.memory import allocate_floats
from app.tts.vocoder.records import row

Floats = npt.NDArray[np.float32]

_AROUND = 64
"""Rows before and behind a signal: more than any kernel may reach beside it."""


class Signal:
    """Rows of channels, NaN all around: what is read of that is seen in the result."""

    def __init__(self, rows: int | npt.NDArray[Any], channels: int, spare: int = 0) -> None:
        """Begin with these rows, or with so many of NaN; `spare` rows behind may be written."""
        length = rows if isinstance(rows, int) else len(rows)
        self._memory = allocate_floats((length + 2 * _AROUND) * row(channels))
        self._memory[:] = np.nan
        grid = self._memory.reshape(-1, row(channels))
        self._parts = (
            grid[:_AROUND],
            grid[_AROUND : _AROUND + length + spare, channels:],
            grid[_AROUND + length + spare :],
        )
        self.start = grid[_AROUND]
        """Its array is where the rows begin."""

        self.values = grid[_AROUND : _AROUND + length, :channels]
        if not isinstance(rows, int):
            self.values[:] = rows

    def is_alone_changed(self) -> bool:
        """Whether nothing beside the rows was written, and every value of them was."""
        return all(np.isnan(part).all() for part in self._parts) and not np.isnan(self.values).any()


def with_room(rows: npt.NDArray[Any], channels: int) -> Signal:
    """A signal with readable rows behind it, for groups of the micro-kernel to read for nothing."""
    padded = np.concatenate([rows, np.zeros((SPARE_ROWS, rows.shape[1]), np.float32)])
    return Signal(padded, channels)


def decibels(made: npt.NDArray[Any], wanted: npt.NDArray[Any]) -> float:
    """Level of what is wanted over that of the difference."""
    error = np.square(made.astype(np.float64) - wanted).sum()
    return float(10 * np.log10(np.square(wanted, dtype=np.float64).sum() / max(error, 1e-300)))
