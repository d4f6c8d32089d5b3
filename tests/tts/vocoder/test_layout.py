"""The signals of a run have room of their own while they live, and parts fit the work space."""

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
    measured_parts,
    part_of,
    parts_of,
    spectra_rows,
    stage_length,
    tiles_of,
)
from app.tts.vocoder.machine_code.processors import INSTRUCTION_SETS
from app.tts.vocoder.records import row, sums_row
from app.tts.vocoder.shapes import Shape
from app.tts.vocoder.source import HarmonicSource

SHAPES = [Shape(each.width, each.rows, each.columns) for each in INSTRUCTION_SETS]

every_shape = pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: f"{shape.width} wide")
shapes = st.sampled_from(SHAPES)
lengths = st.integers(2, 2000)


def spans(layout: RunLayout, shape: Shape, stage: int) -> dict[str, tuple[int, int]]:
    """Where that begins and ends which lives together while a stage is computed."""
    upsampling, steps = STAGES[stage], layout.stages[stage]
    channels = row(upsampling.channels)
    front = upsampling.stride // 2 * channels
    # What the last phases of the upsampling write behind the signal.
    behind = (upsampling.stride * (shape.rows + 1)) * channels
    signals = {
        name: (start - front, start + steps.length * channels + behind)
        for name, start in vars(steps).items()
        if name != "length"
    }
    between = layout.stages[0].length + 2 + shape.rows
    return {
        **signals,
        "nothing": (layout.nothing, layout.nothing + row(workspace.MOST_CHANNELS)),
        "sums": (layout.sums, layout.sums + sums(layout, shape, stage)),
        "features": (
            layout.features,
            layout.features + (layout.length + 2 + shape.rows) * row(FEATURES),
        ),
        "spectra": (layout.spectra, layout.spectra + spectra_rows(layout.length) * SPECTRUM_ROW),
        "between": (layout.between, layout.between + between * row(STAGES[0].channels)),
        "output": (
            layout.output,
            layout.output + (layout.stages[-1].length + shape.rows) * layout.output_row,
        ),
    }


def sums(layout: RunLayout, shape: Shape, stage: int) -> int:
    """Floats of the sums of all parts, where there are the most of them."""
    length = layout.stages[stage].length
    convolved = (
        parts_of(STAGES[stage], taps, dilation, length, shape)
        for taps in TAPS
        for dilation in DILATIONS
    )
    parts = max(*convolved, measured_parts(length))
    return parts * sums_row(STAGES[stage].channels)


@given(length=lengths, shape=shapes, stage=st.sampled_from([0, 1]))
def test_what_lives_at_the_same_time_does_not_overlap_and_lies_within_the_memory(
    length: int, shape: Shape, stage: int
) -> None:
    layout = lay_out(length, shape)
    laid = sorted((start, end, name) for name, (start, end) in spans(layout, shape, stage).items())
    for (_, end, name), (start, _, following) in pairwise(laid):
        assert end <= start, f"{name} reaches into {following}"
    assert laid[0][0] >= 0
    assert laid[-1][1] <= layout.size


@given(length=lengths, shape=shapes)
def test_what_the_last_convolution_takes_fits_where_it_is_put(length: int, shape: Shape) -> None:
    layout = lay_out(length, shape)
    start, end = spans(layout, shape, stage=1)["inner"]
    rows = layout.stages[-1].length + 2 * POST_FRONT + shape.rows
    assert start <= layout.post
    assert layout.post + rows * row(STAGES[1].channels) <= end


@given(length=lengths)
def test_stages_are_as_long_as_the_source_and_the_samples_ask(length: int) -> None:
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
    shape=shapes,
)
def test_parts_are_whole_groups_cover_the_signal_and_fit_the_work_space(
    stage, taps: int, dilation: int, length: int, shape: Shape
) -> None:
    arguments = (stage, taps, dilation, length, shape)
    part, parts, tiles = part_of(*arguments), parts_of(*arguments), tiles_of(taps, dilation, length)
    assert part > 0
    assert part % shape.rows == 0
    assert (parts - 1) * part < tiles <= parts * part
    slots = for_taps(taps).points + 1
    assert workspace.POINTS + slots * part * row(stage.channels) <= workspace.SIZE


@every_shape
def test_panels_of_weights_fit_the_work_space_and_groups_the_spare_rows(shape: Shape) -> None:
    assert shape.panel <= workspace.MOST_PANEL
    assert shape.rows <= SPARE_ROWS
