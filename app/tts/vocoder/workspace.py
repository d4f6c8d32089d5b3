"""The work space of a thread: places of its parts, in floats."""

from app.tts.vocoder.records import row
from app.tts.vocoder.shapes import Shape

MOST_CHANNELS = 256
MOST_PANEL = 64
GAIN = 0
OFFSET = GAIN + MOST_CHANNELS
PANEL = OFFSET + MOST_CHANNELS
"""Weights of one panel, as float32."""

POINTS = PANEL + MOST_CHANNELS * MOST_PANEL
"""The points of all tiles of a part, and one slot more."""

POINT_FLOATS = 700_000
"""Room for them: about as much as fits the second cache of today's processors."""

SIZE = POINTS + POINT_FLOATS
"""Floats of all."""


def tiles_in_part(channels: int, points: int, shape: Shape) -> int:
    """Return how many tiles a part of a convolution may have: whole groups of the micro-kernel."""
    return POINT_FLOATS // ((points + 1) * row(channels)) // shape.rows * shape.rows
