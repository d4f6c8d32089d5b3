"""The layout of a run's signals in one block of memory, in floats from its start."""

from dataclasses import dataclass

from app.tts.vocoder.architecture import (
    BINS,
    DILATIONS,
    FEATURES,
    SPECTRUM_ROW,
    STAGES,
    TAPS,
    UpsamplingStage,
)
from app.tts.vocoder.partition import count_measured_parts, count_parts
from app.tts.vocoder.records import LINE, row, sums_row
from app.tts.vocoder.register_tile import RegisterTile
from app.tts.vocoder.workspace import MOST_CHANNELS

SPARE_ROWS = 16
"""Rows behind a signal that the micro-kernel's last group may write, or read in vain."""

SPECTRA_FRONT = STAGES[0].noise_stride // 2
"""Rows of zeros in front of the source's spectra."""

POST_FRONT = 3
"""Rows of zeros before and after the input of the last convolution."""


@dataclass(frozen=True)
class StageLayout:
    """The signals of one stage, as rows of its channels."""

    length: int
    upsampled: int
    """The upsampled signal; with the source added, the input of the residual blocks."""

    source: int
    """The source's signal, and later the sum of the residual blocks."""

    inner: int
    """The signal between the two convolutions of a pair."""

    outer: int
    """The signal between two pairs of convolutions."""


@dataclass(frozen=True)
class RunLayout:
    """All signals of a run."""

    length: int
    """Time steps of the input."""

    nothing: int
    """A row of zeros."""

    sums: int
    features: int
    """The rectified input, between two rows of zeros."""

    spectra: int
    between: int
    """The input of the second stage, between two rows of zeros."""

    stages: tuple[StageLayout, ...]
    post: int
    """The input of the last convolution, which replaces the last stage's `inner`."""

    output: int
    output_row: int
    size: int
    """Floats of the whole layout."""


class _Allocator:
    """Hands out consecutive offsets, each at a cache line."""

    def __init__(self) -> None:
        self.used = 0

    def take(self, rows: int, floats: int) -> int:
        start = self.used
        self.used += -(-rows * floats // LINE) * LINE
        return start


def lay_out(length: int, registers: RegisterTile) -> RunLayout:
    """Return the layout of a run over `length` time steps of the input."""
    lengths = [stage_length(stage, length) for stage in STAGES]
    memory = _Allocator()
    nothing = memory.take(1, row(MOST_CHANNELS))
    sums = memory.take(1, max(_sums(stage, lengths[stage.index], registers) for stage in STAGES))
    features = memory.take(length + 2 + SPARE_ROWS, row(FEATURES))
    spectra = memory.take(spectra_rows(length), SPECTRUM_ROW)
    between = memory.take(lengths[0] + 2 + SPARE_ROWS, row(STAGES[0].channels))
    output_row = -(-2 * BINS // registers.panel) * registers.panel
    output = memory.take(lengths[1] + SPARE_ROWS, output_row)
    start, stages, size = memory.used, [], 0
    for stage, steps in zip(STAGES, lengths, strict=True):
        memory.used = start  # stages share it: the second needs only `between` from the first
        floats, front = row(stage.channels), stage.stride // 2
        rows = front + steps + (SPARE_ROWS + 1) * stage.stride
        # Upsampling begins to write before the signal's first row.
        starts = [memory.take(rows, floats) + front * floats for _ in range(4)]
        stages.append(StageLayout(steps, *starts))
        size = max(size, memory.used)
    return RunLayout(
        length, nothing, sums, features, spectra, between, tuple(stages), stages[-1].inner,
        output, output_row, size,
    )  # fmt: skip


def stage_length(stage: UpsamplingStage, length: int) -> int:
    """Return the output steps of a stage for `length` time steps of the run's input."""
    for each in STAGES[: stage.index + 1]:
        length = length * each.stride + each.extra
    return length


def spectra_rows(length: int) -> int:
    """Return the rows of the source's spectra, including the zeros before and after them."""
    stage = STAGES[0]
    return SPECTRA_FRONT + (stage_length(stage, length) + SPARE_ROWS + 1) * stage.noise_stride


def _sums(stage: UpsamplingStage, length: int, registers: RegisterTile) -> int:
    """Return the floats of all parts' sums, for the stage's step with the most parts."""
    convolutions = (
        count_parts(stage, taps, dilation, length, registers)
        for taps in TAPS
        for dilation in DILATIONS
    )
    return max(*convolutions, count_measured_parts(length)) * sums_row(stage.channels)
