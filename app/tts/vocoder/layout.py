"""Places of the signals of a run in one piece of memory, in floats from its beginning."""

from dataclasses import dataclass

from app.tts.vocoder.architecture import (
    BINS,
    DILATIONS,
    FEATURES,
    SPECTRUM_ROW,
    STAGES,
    TAPS,
    Stage,
)
from app.tts.vocoder.kernels.transforms import for_taps
from app.tts.vocoder.records import LINE, row, sums_row
from app.tts.vocoder.shapes import Shape
from app.tts.vocoder.workspace import MOST_CHANNELS, tiles_in_part

SPARE_ROWS = 16
"""Rows behind a signal that the last group of a micro-kernel may write, or read for nothing."""

SPECTRA_FRONT = STAGES[0].noise_stride // 2
"""Rows of zeros in front of the source's spectra."""

POST_FRONT = 3
"""Rows of zeros around what the last convolution takes."""

ROWS_MEASURED = 512
"""Of a signal whose sums are taken by a step of their own, in each part."""

_LEAST_PARTS = 2
"""Of a convolution, however short, so that two threads find work. Sums are rounded by part: the
number of parts depends on the length alone, so that the threads do not change the result."""


@dataclass(frozen=True)
class StageLayout:
    """The signals of one stage; each has rows of its channels."""

    length: int
    upsampled: int
    """Also, with the source added, what the residual blocks take."""

    source: int
    """Also the sum of the residual blocks."""

    inner: int
    outer: int
    """Between the two convolutions of a pair, and between pairs."""


@dataclass(frozen=True)
class RunLayout:
    """All signals of a run."""

    length: int
    """Steps of the input."""

    nothing: int
    """A row of zeros."""

    sums: int
    features: int
    """The input after its rectifier, a row of zeros around it."""

    spectra: int
    between: int
    """Input of the second stage, a row of zeros around it."""

    stages: tuple[StageLayout, ...]
    post: int
    """Input of the last convolution: in the place of the last stage's `inner`."""

    output: int
    output_row: int
    size: int
    """Floats of all together."""


class _Room:
    def __init__(self) -> None:
        self.used = 0

    def take(self, rows: int, floats: int) -> int:
        start = self.used
        self.used += -(-rows * floats // LINE) * LINE
        return start


def lay_out(length: int, shape: Shape) -> RunLayout:
    """Return where the signals of a run over `length` steps of the input lie."""
    lengths = [stage_length(stage, length) for stage in STAGES]
    room = _Room()
    nothing = room.take(1, row(MOST_CHANNELS))
    sums = room.take(1, max(_sums(stage, lengths[stage.index], shape) for stage in STAGES))
    features = room.take(length + 2 + SPARE_ROWS, row(FEATURES))
    spectra = room.take(spectra_rows(length), SPECTRUM_ROW)
    between = room.take(lengths[0] + 2 + SPARE_ROWS, row(STAGES[0].channels))
    output_row = -(-2 * BINS // shape.panel) * shape.panel
    output = room.take(lengths[1] + SPARE_ROWS, output_row)
    start, stages, size = room.used, [], 0
    for stage, steps in zip(STAGES, lengths, strict=True):
        room.used = start  # of the first stage, the second needs only what is between them
        floats, front = row(stage.channels), stage.stride // 2
        rows = front + steps + (SPARE_ROWS + 1) * stage.stride
        # The upsampled signal begins early, and its beginning is none of it.
        starts = [room.take(rows, floats) + front * floats for _ in range(4)]
        stages.append(StageLayout(steps, *starts))
        size = max(size, room.used)
    return RunLayout(
        length, nothing, sums, features, spectra, between, tuple(stages), stages[-1].inner,
        output, output_row, size,
    )  # fmt: skip


def stage_length(stage: Stage, length: int) -> int:
    """Return the steps of a stage for `length` steps of the input."""
    for each in STAGES[: stage.index + 1]:
        length = length * each.stride + each.extra
    return length


def spectra_rows(length: int) -> int:
    """Return the rows of the source's spectra, with the zeros before and behind them."""
    stage = STAGES[0]
    return SPECTRA_FRONT + (stage_length(stage, length) + SPARE_ROWS + 1) * stage.noise_stride


def _sums(stage: Stage, length: int, shape: Shape) -> int:
    """Return the floats of the sums of all parts, of the step that has the most."""
    convolutions = (
        parts_of(stage, taps, dilation, length, shape) for taps in TAPS for dilation in DILATIONS
    )
    return max(*convolutions, measured_parts(length)) * sums_row(stage.channels)


def measured_parts(length: int) -> int:
    """Return in how many parts a signal is measured by a step of its own."""
    return -(-length // ROWS_MEASURED)


def part_of(stage: Stage, taps: int, dilation: int, length: int, shape: Shape) -> int:
    """Return how many tiles of a convolution each part has: whole groups of the micro-kernel."""
    algorithm = for_taps(taps)
    most = tiles_in_part(stage.channels, algorithm.points, shape)
    tiles = tiles_of(taps, dilation, length)
    parts = max(_LEAST_PARTS, -(-tiles // most))
    return -(-tiles // (parts * shape.rows)) * shape.rows


def parts_of(stage: Stage, taps: int, dilation: int, length: int, shape: Shape) -> int:
    """Return how many parts a convolution has."""
    part = part_of(stage, taps, dilation, length, shape)
    return -(-tiles_of(taps, dilation, length) // part)


def tiles_of(taps: int, dilation: int, length: int) -> int:
    """Return how many tiles a signal has."""
    steps = -(-length // dilation)
    return -(-steps // for_taps(taps).outputs) * dilation
