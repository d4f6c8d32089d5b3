"""Direct convolutions, leaky rectifiers and copies write the right values, and nothing else."""

import numpy as np
import pytest

from app.tts.vocoder.records import COPY, DIRECT, LEAKY, row
from tests.tts.vocoder.generated import Array, Kind, every_kind, kernels
from tests.tts.vocoder.signals import Signal, decibels, with_room

every_length = pytest.mark.parametrize("length", [1, 5, 100, 203])

DEPTH = 128


def packed(kind: Kind, weights: Array) -> Array:
    """Return weights (taps, in, out) as panels of columns, with zeros for missing outputs."""
    panel = kind.registers.panel
    padded = np.pad(weights, ((0, 0), (0, 0), (0, -weights.shape[2] % panel)))
    panels = padded.reshape(*weights.shape[:2], -1, panel).transpose(2, 0, 1, 3)
    return np.ascontiguousarray(panels, np.float32)


def correlated(x: Array, weights: Array, length: int) -> Array:
    """Return the definition in float64: row t is the sum over taps of row t + tap times weights."""
    return sum(
        x[tap:][:length].astype(np.float64) @ weights[tap].astype(np.float64)
        for tap in range(len(weights))
    )


@every_kind
@every_length
@pytest.mark.parametrize(("taps", "outputs"), [(7, 22), (1, 128), (2, 256)])
def test_a_direct_convolution_equals_its_definition(
    kind: Kind, length: int, taps: int, outputs: int
) -> None:
    code, rows = kernels(kind), kind.registers.rows
    random = np.random.default_rng(taps)
    x = random.normal(size=(length + taps - 1, DEPTH)).astype(np.float32)
    weights = random.normal(size=(taps, DEPTH, outputs)).astype(np.float32)
    panels = packed(kind, weights)
    columns = len(panels) * kind.registers.panel
    bias = np.zeros(columns, np.float32)
    bias[:outputs] = random.normal(size=outputs)
    source, y = with_room(x, DEPTH), Signal(length, columns, spare=rows)
    block = 7 * rows
    step = code.step(
        "direct",
        DIRECT,
        -(-length // block),
        x=source.start,
        weights=panels,
        bias=bias,
        y=y.start,
        x_row=row(DEPTH),
        tap_row=row(DEPTH),
        depth=DEPTH,
        taps=taps,
        panels=len(panels),
        y_row=row(columns),
        length=length,
        block=block,
        phases=1,
        phase_weights=0,
        phase_row=0,
    )
    code.run(step, threads=2)
    wanted = correlated(x, weights, length) + bias[:outputs]
    assert decibels(y.values[:, :outputs], wanted) > 120
    assert not y.values[:, outputs:].any()
    assert y.is_exactly_written()


@every_kind
@every_length
def test_phases_have_their_own_weights_and_are_interleaved_in_the_result(
    kind: Kind, length: int
) -> None:
    code, rows, phases, outputs = kernels(kind), kind.registers.rows, 6, 128
    random = np.random.default_rng(length)
    x = random.normal(size=(length + 1, DEPTH)).astype(np.float32)
    weights = random.normal(size=(phases, 2, DEPTH, outputs)).astype(np.float32)
    bias = random.normal(size=outputs).astype(np.float32)
    panels = np.stack([packed(kind, each) for each in weights])
    source, y = with_room(x, DEPTH), Signal(phases * length, outputs, spare=phases * rows)
    block = 3 * rows
    step = code.step(
        "direct",
        DIRECT,
        phases * -(-length // block),
        x=source.start,
        weights=panels,
        bias=bias,
        y=y.start,
        x_row=row(DEPTH),
        tap_row=row(DEPTH),
        depth=DEPTH,
        taps=2,
        panels=outputs // kind.registers.panel,
        y_row=phases * row(outputs),
        length=length,
        block=block,
        phases=phases,
        phase_weights=panels[0].size,
        phase_row=row(outputs),
    )
    code.run(step)
    for phase in range(phases):
        wanted = correlated(x, weights[phase], length) + bias
        assert decibels(y.values[phase::phases], wanted) > 120
    assert y.is_exactly_written()


@every_kind
@pytest.mark.parametrize("channels", [128, 256])
@pytest.mark.parametrize("front", [0, 1, 3])
@every_length
def test_a_rectified_signal_is_surrounded_by_zeros(
    kind: Kind, channels: int, front: int, length: int
) -> None:
    code = kernels(kind)
    x = np.random.default_rng(front).normal(size=(length, channels)).astype(np.float32)
    source, rows, block = Signal(x, channels), length + 2 * front, 64
    y = Signal(rows, channels)
    where = {"x": source.start, "y": y.start}
    parts = -(-rows // block)
    size = {"length": length, "front": front, "rows": rows, "block": block}
    code.run(code.step(f"leaky_{channels}", LEAKY, parts, **where, **size), threads=2)
    slope = {256: 0.1, 128: 0.01}[channels]
    wanted = np.where(x > 0, x, slope * x.astype(np.float64)) / 3  # the mean of three blocks
    assert np.allclose(y.values[front : front + length], wanted, rtol=1e-6, atol=0)
    assert not y.values[:front].any()
    assert not y.values[front + length :].any()
    assert y.is_exactly_written()


@every_kind
def test_a_copy_equals_its_source(kind: Kind) -> None:
    code = kernels(kind)
    x = np.random.default_rng(0).normal(size=(1, 128)).astype(np.float32)
    source, y = Signal(x, 128), Signal(1, 128)
    code.run(code.step("copy", COPY, 1, x=source.start, y=y.start, floats=128))
    assert np.array_equal(y.values, x)
    assert y.is_exactly_written()
