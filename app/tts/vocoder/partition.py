"""Division of the steps of a run into parts, which threads take one at a time."""

from app.tts.vocoder.architecture import UpsamplingStage
from app.tts.vocoder.kernels.transforms import for_taps
from app.tts.vocoder.register_tile import RegisterTile
from app.tts.vocoder.workspace import most_tiles_in_part

ROWS_MEASURED = 512
"""Rows in a part of a step that only sums up a signal."""

_LEAST_PARTS = 2
"""Parts of even the shortest convolution, so that two threads find work. Sums are rounded by part,
so the number of parts depends on the length alone, and the result not on the threads."""


def tiles_in_part(
    stage: UpsamplingStage, taps: int, dilation: int, length: int, registers: RegisterTile
) -> int:
    """Return the tiles in each part of a convolution: whole groups of the micro-kernel's rows."""
    most = most_tiles_in_part(stage.channels, for_taps(taps).points, registers)
    tiles = count_tiles(taps, dilation, length)
    parts = max(_LEAST_PARTS, -(-tiles // most))
    return -(-tiles // (parts * registers.rows)) * registers.rows


def count_parts(
    stage: UpsamplingStage, taps: int, dilation: int, length: int, registers: RegisterTile
) -> int:
    """Return the number of parts of a convolution."""
    in_part = tiles_in_part(stage, taps, dilation, length, registers)
    return -(-count_tiles(taps, dilation, length) // in_part)


def count_tiles(taps: int, dilation: int, length: int) -> int:
    """Return the number of tiles of a signal."""
    steps = -(-length // dilation)
    return -(-steps // for_taps(taps).outputs) * dilation


def count_measured_parts(length: int) -> int:
    """Return the number of parts of a step that only sums up a signal."""
    return -(-length // ROWS_MEASURED)
