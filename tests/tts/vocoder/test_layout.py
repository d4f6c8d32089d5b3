"""The signals of a run do not overlap while they are in use, and parts fit the work space."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tts.vocoder import workspace
from app.tts.vocoder.architecture import DILATIONS, FEATURES, SPECTRUM_ROW, STAGES, TAPS
from app.tts.vocoder.inverse_stft import InverseStft
from app.tts.vocoder.kernels.transforms import for_taps
from app.tts.vocoder.layout import (
    POST_FRONT,
    SPARE_ROWS,
    RunLayout,
    lay_out,
    spectra_rows,
    stage_length,
)
from app.tts.vocoder.machine_code.processors import INSTRUCTION_SETS
from app.tts.vocoder.partition import (
    count_measured_parts,
    count_parts,
    count_tiles,
    tiles_in_part,
)
from app.tts.vocoder.records import row, sums_row
from app.tts.vocoder.register_tile import RegisterTile
from app.tts.vocoder.source import HarmonicSource

REGISTER_TILES = [RegisterTile(each.width, each.rows, each.columns) for each in INSTRUCTION_SETS]

every_register_tile = pytest.mark.parametrize(
    "registers", REGISTER_TILES, ids=lambda registers: f"{registers.width} wide"
)
register_tiles = st.sampled_from(REGISTER_TILES)
lengths = st.integers(2, 2000)


def spans(layout: RunLayout, registers: RegisterTile, stage: int) -> dict[str, tuple[int, int]]:
    """Return the start and end of all signals that are in use while a stage is computed."""
    upsampling, steps = STAGES[stage], layout.stages[stage]
    channels = row(upsampling.channels)
    front = upsampling.stride // 2 * channels
    # The last phases of the upsampling write this far beyond the signal.
    behind = (upsampling.stride * (registers.rows + 1)) * channels
    signals = {
        name: (start - front, start + steps.length * channels + behind)
        for name, start in vars(steps).items()
        if name != "length"
    }
    between = layout.stages[0].length + 2 + registers.rows
    return {
        **signals,
        "nothing": (layout.nothing, layout.nothing + row(workspace.MOST_CHANNELS)),
        "sums": (layout.sums, layout.sums + sums(layout, registers, stage)),
        "features": (
            layout.features,
            layout.features + (layout.length + 2 + registers.rows) * row(FEATURES),
        ),
        "spectra": (layout.spectra, layout.spectra + spectra_rows(layout.length) * SPECTRUM_ROW),
        "between": (layout.between, layout.between + between * row(STAGES[0].channels)),
        "output": (
            layout.output,
            layout.output + (layout.stages[-1].length + registers.rows) * layout.output_row,
        ),
    }


def sums(layout: RunLayout, registers: RegisterTile, stage: int) -> int:
    """Return the floats of all parts' sums, for the step with the most parts."""
    length = layout.stages[stage].length
    convolved = (
        count_parts(STAGES[stage], taps, dilation, length, registers)
        for taps in TAPS
        for dilation in DILATIONS
    )
    parts = max(*convolved, count_measured_parts(length))
    return parts * sums_row(STAGES[stage].channels)


@given(length=lengths, registers=register_tiles, stage=st.sampled_from([0, 1]))
def test_signals_in_use_at_the_same_time_do_not_overlap_and_fit_the_memory(
    length: int, registers: RegisterTile, stage: int
) -> None:
    layout = lay_out(length, registers)
    laid = sorted(
        (start, end, name) for name, (start, end) in spans(layout, registers, stage).items()
    )
    for (_, end, name), (start, _, following) in pairwise(laid):
        assert end <= start, f"{name} reaches into {following}"
    assert laid[0][0] >= 0
    assert laid[-1][1] <= layout.size


@given(length=lengths, registers=register_tiles)
def test_the_input_of_the_last_convolution_fits_its_place(
    length: int, registers: RegisterTile
) -> None:
    layout = lay_out(length, registers)
    start, end = spans(layout, registers, stage=1)["inner"]
    rows = layout.stages[-1].length + 2 * POST_FRONT + registers.rows
    assert start <= layout.post
    assert layout.post + rows * row(STAGES[1].channels) <= end


@given(length=lengths)
def test_stages_have_the_lengths_of_the_source_and_the_samples(length: int) -> None:
    first, second = (stage_length(stage, length) for stage in STAGES)
    assert (first, second) == (10 * length, 60 * length + 1)
    assert spectra_rows(length) >= second + STAGES[0].noise_stride


def test_the_source_and_the_inverse_transform_have_the_same_lengths() -> None:
    source = HarmonicSource(np.ones(9, np.float32), 0.0, np.ones(20, np.float32))
    length = 6
    pitch, phase = np.zeros(length, np.float32), np.zeros((9, length), np.float32)
    assert len(source.spectrum(pitch, phase)) == stage_length(STAGES[1], length)
    inverse = InverseStft(np.zeros((22, 20), np.float32), np.ones(20, np.float32))
    spectra = np.zeros((stage_length(STAGES[1], length), 22), np.float32)
    assert len(inverse.samples(spectra)) == 300 * length


@given(
    stage=st.sampled_from(STAGES),
    taps=st.sampled_from(TAPS),
    dilation=st.sampled_from(DILATIONS),
    length=st.integers(1, 100_000),
    registers=register_tiles,
)
def test_parts_are_whole_groups_that_cover_the_signal_and_fit_the_work_space(
    stage, taps: int, dilation: int, length: int, registers: RegisterTile
) -> None:
    arguments = (stage, taps, dilation, length, registers)
    part, parts, tiles = (
        tiles_in_part(*arguments),
        count_parts(*arguments),
        count_tiles(taps, dilation, length),
    )
    assert part > 0
    assert part % registers.rows == 0
    assert (parts - 1) * part < tiles <= parts * part
    slots = for_taps(taps).points + 1
    assert workspace.POINTS + slots * part * row(stage.channels) <= workspace.SIZE


@every_register_tile
def test_panels_of_weights_fit_the_work_space_and_groups_fit_the_spare_rows(
    registers: RegisterTile,
) -> None:
    assert registers.panel <= workspace.MOST_PANEL
    assert registers.rows <= SPARE_ROWS
