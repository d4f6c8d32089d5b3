"""Generates the transforms of a convolution's tiles, from the signal to points and back."""

from collections.abc import Mapping
from dataclasses import dataclass

from llvmlite import ir

from app.tts.vocoder.kernels.ir import FLOAT, Code, Function, Integer
from app.tts.vocoder.kernels.snake import snake
from app.tts.vocoder.kernels.transforms import FastCorrelation
from app.tts.vocoder.records import CONVOLUTION, LINE, row, sums_row
from app.tts.vocoder.register_tile import RegisterTile
from app.tts.vocoder.workspace import GAIN, OFFSET


@dataclass(frozen=True)
class _Tile:
    """The position of a tile, as integers of the generated code."""

    origin: Code
    """First float of its first input, which may lie before the signal."""

    low: Code
    high: Code
    """Its inputs from `low` to below `high` lie within the signal."""

    target: Code
    """First float of its first output."""

    outputs: Code
    """Number of its outputs within the signal."""


def _tile(
    f: Function,
    index: Code,
    algorithm: FastCorrelation,
    channels: int,
    length: Code,
    dilation: Code,
) -> _Tile:
    phase = f.remainder(index, dilation)
    first = f.times(f.divide(index, dilation), algorithm.outputs)
    size = f.divide_up(f.minus(length, phase), dilation)  # of this phase of the dilation
    start = f.minus(first, algorithm.taps // 2)
    low = f.maximum(0, f.minus(0, start))
    high = f.maximum(low, f.minimum(algorithm.inputs, f.minus(size, start)))
    outputs = f.maximum(0, f.minimum(algorithm.outputs, f.minus(size, first)))

    def floats(rows: Code) -> Code:
        return f.times(f.plus(phase, f.times(dilation, rows)), row(channels))

    return _Tile(floats(start), low, high, floats(first), outputs)


def input_transform(
    module: ir.Module,
    name: str,
    channels: int,
    algorithm: FastCorrelation,
    registers: RegisterTile,
) -> Code:
    """Generate the function (x, workspace, v, slot, begin, end, length, dilation).

    It normalizes and transforms the tiles from `begin` to `end`. Point p of all tiles is written to
    slot p of v; a slot is `slot` floats.
    """
    f = Function(module, name, "pppiiiii", registers.width, is_internal=True)
    x, workspace, v, slot, begin, end, length, dilation = f.arguments
    width, inputs = registers.width, algorithm.inputs
    scratch = f.scratch(inputs * LINE // width)
    step = f.times(dilation, row(channels))

    def zeros(start: Integer, stop: Integer) -> None:
        with f.loop(start, stop) as i, f.loop(0, LINE, width) as j:
            f.store(f.constant(0), scratch, f.plus(f.times(i, LINE), j))

    with f.loop(begin, end) as index:
        tile = _tile(f, index, algorithm, channels, length, dilation)
        following = _tile(f, f.plus(index, 1), algorithm, channels, length, dilation)
        at_v = f.at(v, f.times(f.minus(index, begin), row(channels)))
        with f.loop(0, channels, LINE) as c:
            at_x, ahead = f.at(x, f.plus(tile.origin, c)), f.at(x, f.plus(following.origin, c))
            offsets = range(0, LINE, width)
            gains = [f.load(workspace, f.plus(c, GAIN + j)) for j in offsets]
            shifts = [f.load(workspace, f.plus(c, OFFSET + j)) for j in offsets]
            zeros(0, tile.low)
            with f.loop(tile.low, tile.high) as i:
                at = f.times(i, step)
                f.prefetch(f.at(ahead, at))
                for j, gain, shift in zip(offsets, gains, shifts, strict=True):
                    value = f.load(at_x, f.plus(at, j))
                    value = snake(f, f.multiply_add(value, gain, shift))
                    f.store(value, scratch, f.plus(f.times(i, LINE), j))
            zeros(tile.high, inputs)
            at_c = f.at(at_v, c)
            with f.loop(0, LINE, width) as j:
                values = [f.load(scratch, f.plus(j, i * LINE)) for i in range(inputs)]
                for point, value in enumerate(algorithm.forward(f, values)):
                    f.store(value, at_c, f.plus(j, f.times(slot, point)))
    return f.finish()


def output_transform(
    module: ir.Module,
    name: str,
    channels: int,
    algorithm: FastCorrelation,
    registers: RegisterTile,
) -> Code:
    """Generate the function (v, slot, step, sums, begin, end).

    It computes y = backward(v) scale + bias + residual + addend. For `REDUCE`, it writes the sums
    over all rows of y less a shift, and of their squares.
    """
    f = Function(module, name, "pippii", registers.width, is_internal=True)
    v, slot, record, sums, begin, end = f.arguments
    field = f.fields(record, CONVOLUTION.indices, CONVOLUTION.addresses)
    length, dilation = field["length"], field["dilation"]
    scratch = f.scratch(algorithm.outputs * LINE // registers.width)
    step = f.times(dilation, row(channels))
    scale = f.broadcast(field["scale"])
    steps = {
        "y": step,
        "residual": f.times(field["residual_step"], step),
        "addend": f.times(field["addend_step"], step),
    }
    with f.loop(0, sums_row(channels), registers.width) as c:
        f.store(f.constant(0), sums, c)
    with f.loop(begin, end) as index:
        tile = _tile(f, index, algorithm, channels, length, dilation)
        following = _tile(f, f.plus(index, 1), algorithm, channels, length, dilation)
        at_v = f.at(v, f.times(f.minus(index, begin), row(channels)))
        is_first = f.build.icmp_signed("==", index, begin)
        is_first = f.splat(f.build.and_(is_first, f.less(0, tile.outputs)))
        with f.loop(0, channels, LINE) as c:
            _transform_back(
                f, algorithm, f.at(at_v, c), slot, f.at(field["bias"], c), scale, scratch
            )
            signals = ("y", "residual", "addend")
            here = {each: _rows_at(f, field, each, tile.target, c) for each in signals}
            ahead = {each: _rows_at(f, field, each, following.target, c) for each in signals[:2]}
            outputs = _Outputs(f, scratch, here, ahead, steps)
            outputs.store(tile.outputs, f.at(sums, c), channels, is_first)
        counted = f.build.sitofp(tile.outputs, FLOAT)
        count = f.at(sums, 3 * channels)
        f.store(f.add(f.load(count), f.splat(counted)), count)
    return f.finish()


def _rows_at(f: Function, field: Mapping[str, Code], name: str, row_start: Code, c: Code) -> Code:
    """Return the address in a signal of the row of a tile's first output, at channel c."""
    start = row_start if name == "y" else f.times(row_start, field[f"{name}_step"])
    return f.at(field[name], f.plus(start, c))


def _transform_back(
    f: Function,
    algorithm: FastCorrelation,
    points: Code,
    slot: Code,
    bias: Code,
    scale: Code,
    scratch: Code,
) -> None:
    """Write a tile's scaled outputs plus the bias to `scratch`, for a cache line of channels."""
    with f.loop(0, LINE, f.width) as j:
        values = [
            f.load(points, f.plus(j, f.times(slot, point))) for point in range(algorithm.points)
        ]
        for i, value in enumerate(algorithm.backward(f, values)):
            value = f.multiply_add(value, scale, f.load(bias, j))
            f.store(value, scratch, f.plus(j, i * LINE))


@dataclass(frozen=True)
class _Outputs:
    """The outputs of a tile for a cache line of channels."""

    f: Function
    scratch: Code
    """The outputs before residual and addend are added."""

    here: Mapping[str, Code]
    """Addresses in y, residual and addend."""

    ahead: Mapping[str, Code]
    """Addresses of the next tile's rows in y and residual."""

    steps: Mapping[str, Code]
    """Floats from one output to the next in y, residual and addend."""

    def result(self, i: Integer, j: int) -> Code:
        """Return output i with residual and addend, from channel j on."""
        f = self.f
        value = f.load(self.scratch, f.plus(f.times(i, LINE), j))
        for name in ("residual", "addend"):
            value = f.add(value, f.load(self.here[name], f.plus(f.times(i, self.steps[name]), j)))
        return value

    def store(self, count: Code, sums: Code, channels: int, is_first: Code) -> None:
        """Store `count` outputs in y and add them to the sums; the first tile sets the shift."""
        f, offsets = self.f, range(0, LINE, self.f.width)
        shifts = []
        for j in offsets:
            # Sum the squares of differences from some row of this part: the squares of the values
            # themselves would drown a small variance.
            shift = f.build.select(is_first, self.result(0, j), f.load(sums, j))
            f.store(shift, sums, j)
            shifts.append(shift)
        totals = [(f.cell(f.constant(0)), f.cell(f.constant(0))) for _ in offsets]
        with f.loop(0, count) as i:
            f.prefetch(f.at(self.ahead["y"], f.times(i, self.steps["y"])), for_writing=True)
            f.prefetch(f.at(self.ahead["residual"], f.times(i, self.steps["residual"])))
            for j, shift, (total, squares) in zip(offsets, shifts, totals, strict=True):
                value = self.result(i, j)
                f.store(value, self.here["y"], f.plus(f.times(i, self.steps["y"]), j))
                difference = f.sub(value, shift)
                f.put(f.add(f.get(total), difference), total)
                f.put(f.multiply_add(difference, difference, f.get(squares)), squares)
        for j, cells in zip(offsets, totals, strict=True):
            for power, cell in enumerate(cells, 1):
                where = power * channels + j
                f.store(f.add(f.load(sums, where), f.get(cell)), sums, where)
