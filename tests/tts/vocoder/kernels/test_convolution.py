"""Convolutions after Snakes equal their definition in float64, at every vector width."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest

from app.tts.vocoder.architecture import STAGES
from app.tts.vocoder.kernels.convolution import EPSILON
from app.tts.vocoder.kernels.transforms import for_taps
from app.tts.vocoder.memory import allocate_floats
from app.tts.vocoder.partition import count_parts, tiles_in_part
from app.tts.vocoder.records import CONVOLUTION, REDUCE, row, sums_row
from tests.tts.vocoder.generated import SHIPPED, Array, Kernels, Kind, Step, every_kind, kernels
from tests.tts.vocoder.signals import Signal, decibels

LENGTHS = (1, 2, 5, 37, 500, 1001)

every_kernel = pytest.mark.parametrize("taps", [3, 7, 11])


@dataclass(frozen=True)
class Example:
    """Random inputs and weights of a convolution."""

    x: Array
    mean: Array
    variance: Array
    gain: Array
    offset: Array
    weights: Array
    """(taps, in, out)."""

    bias: Array
    residual: Array
    addend: Array


@cache
def example(taps: int, channels: int = 128, level: int = 0) -> Example:
    """Return an example; with a `level`, its results vary by about 0.01 around that value."""
    random = np.random.default_rng(taps)

    def some(*shape: int) -> Array:
        return random.normal(size=shape).astype(np.float32)

    weights = some(taps, channels, channels) / np.float32(np.sqrt(taps * channels))
    return Example(
        x=3 * some(max(LENGTHS), channels),
        mean=some(channels),
        variance=np.abs(some(channels)) + np.float32(0.5),
        gain=some(channels) + 1,
        offset=some(channels),
        weights=weights / np.float32(250) if level else weights,
        bias=some(channels) + level,
        residual=some(max(LENGTHS), channels),
        addend=some(max(LENGTHS), channels),
    )


@cache
def convolved(taps: int, length: int, dilation: int, channels: int = 128) -> Array:
    """Return the convolution by its definition, without bias, residual and addend."""
    given = example(taps, channels)
    normal = (given.x[:length].astype(np.float64) - given.mean) / np.sqrt(given.variance + EPSILON)
    adapted = normal * given.gain + given.offset
    reach = dilation * (taps // 2)
    padded = np.pad(adapted + np.square(np.sin(adapted)), ((reach, reach), (0, 0)))
    return sum(
        padded[tap * dilation :][:length] @ given.weights[tap].astype(np.float64)
        for tap in range(taps)
    )


@cache
def packed(kind: Kind, taps: int, channels: int, level: int) -> tuple[Array, Array]:
    """Return the packed weights, and the scale of the results."""
    weights = example(taps, channels, level).weights
    points = np.einsum("pt,tio->pio", for_taps(taps).weights, weights, optimize=True)
    factor = 1.0 if kind.registers.weights == "float32" else 2.0**9
    count, inputs, outputs = points.shape
    panels = points.reshape(count, inputs, outputs // kind.registers.panel, kind.registers.panel)
    packed = (factor * panels).transpose(0, 2, 1, 3).astype(kind.registers.weights)
    return np.ascontiguousarray(packed), np.array([1 / factor], np.float32)


def least_decibels(kind: Kind, taps: int) -> int:
    """Return the accuracy of 24 or 11 bits minus a margin, which is greater for Winograd's."""
    return {"float32": 125, "float16": 66}[kind.registers.weights] - (10 if taps == 3 else 0)


class Convolution:
    """A step for the first rows of an example, and the memory that it works on."""

    def __init__(
        self, kind: Kind, taps: int, dilation: int, y: Signal, channels: int = 128, level: int = 0
    ) -> None:
        self.y = y
        self._example = example(taps, channels, level)
        self._dilation, self._channels, self._length = dilation, channels, len(y.values)
        stage = next(stage for stage in STAGES if stage.channels == channels)
        size = (stage, taps, dilation, self._length, kind.registers)
        self.parts, self._block = count_parts(*size), tiles_in_part(*size)
        self._x = Signal(self._example.x[: self._length], channels)
        self._weights, self._scale = packed(kind, taps, channels, level)
        self._nothing = np.zeros(row(channels), np.float32)
        self.sums = allocate_floats(self.parts * sums_row(channels))

    def step(
        self, code: Kernels, residual: Signal | None = None, addend: Signal | None = None
    ) -> Step:
        given = self._example
        return code.step(
            f"convolution_{self._channels}_{len(given.weights)}",
            CONVOLUTION,
            self.parts,
            x=self._x.start,
            mean=given.mean,
            variance=given.variance,
            gain=given.gain,
            offset=given.offset,
            weights=self._weights,
            scale=self._scale,
            bias=given.bias,
            y=self.y.start,
            residual=self._nothing if residual is None else residual.start,
            addend=self._nothing if addend is None else addend.start,
            sums=self.sums,
            residual_step=int(residual is not None),
            addend_step=int(addend is not None),
            length=self._length,
            dilation=self._dilation,
            block=self._block,
        )


@every_kind
@every_kernel
@pytest.mark.parametrize("dilation", [1, 3, 5])
def test_a_convolution_equals_its_definition(kind: Kind, taps: int, dilation: int) -> None:
    code, given = kernels(kind), example(taps)
    for length in LENGTHS:
        convolution = Convolution(kind, taps, dilation, y=Signal(length, 128))
        residual, addend = (Signal(rows[:length], 128) for rows in (given.residual, given.addend))
        code.run(convolution.step(code, residual, addend))
        made = convolution.y.values
        wanted = convolved(taps, length, dilation) + given.bias + residual.values + addend.values
        assert decibels(made, wanted) > least_decibels(kind, taps), length
        assert convolution.y.is_exactly_written(), length


@every_kind
@every_kernel
@pytest.mark.parametrize("in_place", ["residual", "addend", None])
def test_addends_may_be_left_out_or_share_the_results_memory(
    kind: Kind, taps: int, in_place: str | None
) -> None:
    code, given = kernels(kind), example(taps)
    summand = np.zeros((500, 128)) if in_place is None else getattr(given, in_place)[:500]
    y = Signal(500, 128) if in_place is None else Signal(summand, 128)
    convolution = Convolution(kind, taps, 3, y)
    added = {} if in_place is None else {in_place: y}
    code.run(convolution.step(code, **added))
    wanted = convolved(taps, 500, 3) + given.bias + summand
    assert decibels(y.values, wanted) > least_decibels(kind, taps)
    assert y.is_exactly_written()


@pytest.mark.slow
@every_kernel
def test_a_convolution_of_256_channels_equals_its_definition(taps: int) -> None:
    kind = SHIPPED
    code = kernels(kind, (256,))
    convolution = Convolution(kind, taps, 3, Signal(330, 256), channels=256)
    code.run(convolution.step(code))
    wanted = convolved(taps, 330, 3, 256) + example(taps, 256).bias
    assert decibels(convolution.y.values, wanted) > least_decibels(kind, taps)


def measured(code: Kernels, convolution: Convolution, threads: int = 1) -> tuple[Array, Array]:
    """Return the mean and variance of a convolution's result, from its sums."""
    mean, variance = np.full((2, 128), np.nan, np.float32)
    fields = {"sums": convolution.sums, "mean": mean, "variance": variance}
    reduce = code.step("reduce_128", REDUCE, 1, parts=convolution.parts, **fields)
    code.run(convolution.step(code), reduce, threads=threads)
    return mean, variance


@every_kind
@every_kernel
@pytest.mark.parametrize("level", [0, 100])
def test_sums_give_the_mean_and_variance_of_the_result_however_far_from_zero(
    kind: Kind, taps: int, level: int
) -> None:
    code = kernels(kind)
    for length, dilation in ((1, 5), (37, 1), (1001, 3)):
        convolution = Convolution(kind, taps, dilation, Signal(length, 128), level=level)
        mean, variance = measured(code, convolution)
        made = convolution.y.values.astype(np.float64)
        deviation = made.std(axis=0)
        if level and length > 1:
            assert level > 5_000 * deviation.mean()
        bound = 2e-6 * deviation + 1e-7 * np.abs(made).max()
        assert (np.abs(mean - made.mean(axis=0)) < bound).all()
        assert np.allclose(variance, made.var(axis=0), rtol=1e-4, atol=1e-12)


@every_kernel
def test_any_number_of_threads_gives_the_same_result_to_the_bit(taps: int) -> None:
    kind = SHIPPED
    code = kernels(kind)
    made = []
    for threads in (1, 2, 3):
        convolution = Convolution(kind, taps, 1, y=Signal(1001, 128))
        assert convolution.parts > 1
        mean, variance = measured(code, convolution, threads)
        made.append((convolution.y.values.copy(), mean, variance))
    for one, *others in zip(*made, strict=True):
        assert all(np.array_equal(one, other) for other in others)
