"""The layout of a thread's work space: offsets of its parts, in floats."""

from app.tts.vocoder.records import row
from app.tts.vocoder.register_tile import RegisterTile

MOST_CHANNELS = 256
MOST_PANEL = 64
GAIN = 0
OFFSET = GAIN + MOST_CHANNELS
PANEL = OFFSET + MOST_CHANNELS
"""Weights of one panel, as float32."""

POINTS = PANEL + MOST_CHANNELS * MOST_PANEL
"""The points of all tiles of a part, and one more slot."""

POINT_FLOATS = 700_000
"""Size of `POINTS`: about what fits the second-level cache of today's processors."""

SIZE = POINTS + POINT_FLOATS
"""Floats of the whole work space."""


def most_tiles_in_part(channels: int, points: int, registers: RegisterTile) -> int:
    """Return the most tiles that a part of a convolution may have.

    They are whole groups of the micro-kernel's rows.
    """
    return POINT_FLOATS // ((points + 1) * row(channels)) // registers.rows * registers.rows
