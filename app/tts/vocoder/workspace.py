"""What one thread needs beside the data of a run: where each part of it lies, in floats."""

from app.tts.vocoder.records import row
from app.tts.vocoder.shapes import Shape

MOST_CHANNELS = 256
MOST_PANEL = 64
MOST_TILES = 192
"""Tiles that one part of a convolution may have."""

GAIN = 0
OFFSET = GAIN + MOST_CHANNELS
PANEL = OFFSET + MOST_CHANNELS
"""Weights of one panel, as float32."""

TILES = PANEL + MOST_CHANNELS * MOST_PANEL
"""One point of all tiles."""

POINT_FLOATS = 700_000
"""Room for the points of all tiles: as much as fits the second cache of today's processors."""


def points_start(shape: Shape) -> int:
    """Return where the transformed tiles begin."""
    return TILES + (MOST_TILES + shape.rows) * row(MOST_CHANNELS)


def size(shape: Shape) -> int:
    """Return the floats of all."""
    return points_start(shape) + POINT_FLOATS


def tiles_in_part(channels: int, points: int, shape: Shape) -> int:
    """Return how many tiles a part of a convolution has: whole groups of the micro-kernel."""
    most = min(MOST_TILES, POINT_FLOATS // (points * row(channels)))
    return most // shape.rows * shape.rows
