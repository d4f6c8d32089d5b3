"""Signals for generated code: rows of channels, surrounded by values that must not be touched."""

from typing import Any

import numpy as np
import numpy.typing as npt

from app.tts.vocoder.layout import SPARE_ROWS
from app.tts.vocoder.memory import allocate_floats
from app.tts.vocoder.records import row

Floats = npt.NDArray[np.float32]

_AROUND = 64
"""Rows before and after a signal: more than any kernel can reach."""


class Signal:
    """Rows of channels surrounded by NaN, which would show in the result if it were read."""

    def __init__(self, rows: int | npt.NDArray[Any], channels: int, spare: int = 0) -> None:
        """Start with the given rows, or a number of NaN rows; `spare` rows after may be written."""
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
        """The first row, whose address is the signal's."""

        self.values = grid[_AROUND : _AROUND + length, :channels]
        if not isinstance(rows, int):
            self.values[:] = rows

    def is_exactly_written(self) -> bool:
        """Return whether every value of the rows was written, and nothing around them."""
        return all(np.isnan(part).all() for part in self._parts) and not np.isnan(self.values).any()


def with_room(rows: npt.NDArray[Any], channels: int) -> Signal:
    """Return a signal with spare rows after it, which the micro-kernel's last group may read."""
    padded = np.concatenate([rows, np.zeros((SPARE_ROWS, rows.shape[1]), np.float32)])
    return Signal(padded, channels)


def decibels(made: npt.NDArray[Any], wanted: npt.NDArray[Any]) -> float:
    """Return the ratio of the wanted signal to the difference, in dB."""
    error = np.square(made.astype(np.float64) - wanted).sum()
    return float(10 * np.log10(np.square(wanted, dtype=np.float64).sum() / max(error, 1e-300)))
