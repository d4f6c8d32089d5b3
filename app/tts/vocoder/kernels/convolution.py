"""Generates the convolutions that run in a transformed domain, which is most of the vocoder.

Activations are rows of channels, one after the other in time: x[t][channel]. A tile is what one
transform computes: `outputs` values that lie `dilation` rows apart, for all channels. Tiles follow
each other in the order of time, those of a dilation's phases in turn.
"""

from dataclasses import dataclass

from llvmlite import ir

from app.tts.vocoder.kernels.ir import FLOAT, Code, Function, Integer
from app.tts.vocoder.kernels.micro_kernel import (
    clear,
    micro_kernel,
    store_cells,
    sums,
    weights_type,
)
from app.tts.vocoder.kernels.snake import snake
from app.tts.vocoder.kernels.transforms import FastCorrelation
from app.tts.vocoder.records import CONVOLUTION, LINE, row, sums_row
from app.tts.vocoder.shapes import Shape
from app.tts.vocoder.workspace import GAIN, OFFSET, PANEL, POINTS

_FETCHED = 8
"""Floats of the next panel of weights that are fetched ahead, for each group and channel."""

EPSILON = 1e-5
"""Added to a variance (torch's InstanceNorm1d)."""


@dataclass(frozen=True)
class _Tile:
    """The place of a tile; integers of the generated code."""

    origin: Code
    """First float of its first input, which may lie before the beginning."""

    low: Code
    high: Code
    """Which inputs lie within the signal: those from `low` to below `high`."""

    target: Code
    """First float of its first output."""

    outputs: Code
    """Number of outputs within the signal."""


def _tile(
    f: Function,
    index: Code,
    algorithm: FastCorrelation,
    channels: int,
    length: Code,
    dilation: Code,
) -> _Tile:
    phase = f.remainder(index, dilation)
    first = f.times(f.divided(index, dilation), algorithm.outputs)
    size = f.divided_up(f.minus(length, phase), dilation)  # of this phase of the dilation
    start = f.minus(first, algorithm.taps // 2)
    low = f.greater(0, f.minus(0, start))
    high = f.greater(low, f.lesser(algorithm.inputs, f.minus(size, start)))
    outputs = f.greater(0, f.lesser(algorithm.outputs, f.minus(size, first)))

    def floats(rows: Code) -> Code:
        return f.times(f.plus(phase, f.times(dilation, rows)), row(channels))

    return _Tile(floats(start), low, high, floats(first), outputs)


def convolution(
    module: ir.Module, channels: int, algorithm: FastCorrelation, shape: Shape, products: Code
) -> str:
    """Generate the step `CONVOLUTION`, and return its name."""
    name = f"convolution_{channels}_{algorithm.taps}"
    load = _input_transform(module, f"{name}_in", channels, algorithm, shape)
    save = _output_transform(module, f"{name}_out", channels, algorithm, shape)
    f = Function(module, name, "pip", shape.width)
    step, ticket, workspace = f.arguments
    field = f.fields(step, CONVOLUTION.indices, CONVOLUTION.addresses)
    length, dilation, block = (field[name] for name in ("length", "dilation", "block"))
    tiles = f.times(f.divided_up(f.divided_up(length, dilation), algorithm.outputs), dilation)
    begin = f.times(ticket, block)
    end = f.lesser(f.plus(begin, block), tiles)
    slot = f.times(block, row(channels))
    v = f.at(workspace, POINTS)
    _normalization(f, channels, field, workspace)
    f.call(load, field["x"], workspace, f.at(v, slot), slot, begin, end, length, dilation)
    groups = f.divided_up(f.minus(end, begin), shape.rows)
    f.call(products, v, field["weights"], workspace, slot, groups)
    sums = f.at(field["sums"], f.times(ticket, sums_row(channels)))
    f.call(save, v, slot, step, sums, begin, end)
    f.finish()
    return name


def _normalization(f: Function, channels: int, field: dict[str, Code], workspace: Code) -> None:
    """Write the factor and the summand that normalize each channel into the work space."""
    with f.loop(0, channels, f.width) as c:
        mean, variance, gain, offset = (
            f.load(field[name], c) for name in ("mean", "variance", "gain", "offset")
        )
        deviation = f.elementwise("sqrt", f.add(variance, f.constant(EPSILON)))
        gain = f.build.fdiv(gain, deviation)
        f.store(gain, workspace, f.plus(c, GAIN))
        f.store(f.sub(offset, f.multiply(mean, gain)), workspace, f.plus(c, OFFSET))


def _input_transform(
    module: ir.Module, name: str, channels: int, algorithm: FastCorrelation, shape: Shape
) -> Code:
    """Generate (x, workspace, v, slot, begin, end, length, dilation): tiles to be multiplied.

    They are normalized and transformed; each point of all tiles is written to a slot of v.
    """
    f = Function(module, name, "pppiiiii", shape.width, is_internal=True)
    x, workspace, v, slot, begin, end, length, dilation = f.arguments
    width, inputs = shape.width, algorithm.inputs
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


def matrix_products(module: ir.Module, channels: int, points: int, shape: Shape) -> Code:
    """Generate (v, weights, workspace, slot, groups): of all points, the products with the weights.

    v has a slot of so many floats for each point and one more: point p of all tiles is read from
    slot p + 1, and its products are written to slot p, of which nobody needs the content any more.
    A group is as many tiles as the micro-kernel has rows. weights[point][panel][input][.].
    """
    f = Function(module, f"products_{channels}_{points}", "pppii", shape.width, is_internal=True)
    v, weights, workspace, slot, groups = f.arguments
    cells, kind = sums(f, shape), weights_type(shape)
    panels, panel_floats = channels // shape.panel, channels * shape.panel
    panel_room, group_floats = f.at(workspace, PANEL), shape.rows * row(channels)
    with f.loop(0, points) as point:
        target = f.at(v, f.times(point, slot))
        source = f.at(target, slot)
        with f.loop(0, panels) as panel:
            start = f.times(f.plus(f.times(point, panels), panel), panel_floats)
            at_weights = f.at(weights, start, kind)
            following = f.at(at_weights, panel_floats, kind)
            if kind != FLOAT:
                with f.loop(0, panel_floats, shape.width) as k:
                    f.store(f.load(at_weights, k, kind), panel_room, k)
                at_weights = panel_room
            with f.loop(0, groups) as group:
                clear(f, cells)
                at_group = f.times(group, group_floats)
                ahead = f.at(following, f.times(group, channels * _FETCHED))
                a = f.at(source, at_group)
                micro_kernel(f, shape, a, row(channels), at_weights, channels, cells, ahead)
                at_target = f.plus(at_group, f.times(panel, shape.panel))
                store_cells(f, shape, cells, f.at(target, at_target), row(channels))
    return f.finish()


def _output_transform(
    module: ir.Module, name: str, channels: int, algorithm: FastCorrelation, shape: Shape
) -> Code:
    """Generate (v, slot, step, sums, begin, end): y = backward(v) scale + bias + residual + addend.

    Of all y, the sums of the channels less a shift, and of their squares, are written for `REDUCE`.
    """
    f = Function(module, name, "pippii", shape.width, is_internal=True)
    v, slot, record, sums, begin, end = f.arguments
    field = f.fields(record, CONVOLUTION.indices, CONVOLUTION.addresses)
    length, dilation = field["length"], field["dilation"]
    width, offsets = shape.width, range(0, LINE, shape.width)
    scratch = f.scratch(algorithm.outputs * LINE // width)
    step = f.times(dilation, row(channels))
    scale = f.broadcast(field["scale"])
    residual_step = f.times(field["residual_step"], step)
    addend_step = f.times(field["addend_step"], step)
    with f.loop(0, sums_row(channels), width) as c:
        f.store(f.constant(0), sums, c)
    with f.loop(begin, end) as index:
        tile = _tile(f, index, algorithm, channels, length, dilation)
        following = _tile(f, f.plus(index, 1), algorithm, channels, length, dilation)
        at_v = f.at(v, f.times(f.minus(index, begin), row(channels)))
        is_first = f.build.icmp_signed("==", index, begin)
        is_first = f.splat(f.build.and_(is_first, f.less(0, tile.outputs)))

        def rows_at(name: str, where: Code, c: Code) -> Code:
            start = where if name == "y" else f.times(where, field[f"{name}_step"])
            return f.at(field[name], f.plus(start, c))

        with f.loop(0, channels, LINE) as c:
            at_c, bias = f.at(at_v, c), f.at(field["bias"], c)
            with f.loop(0, LINE, width) as j:
                points = [
                    f.load(at_c, f.plus(j, f.times(slot, point)))
                    for point in range(algorithm.points)
                ]
                for i, value in enumerate(algorithm.backward(f, points)):
                    value = f.multiply_add(value, scale, f.load(bias, j))
                    f.store(value, scratch, f.plus(j, i * LINE))
            at_y, at_residual, at_addend = (
                rows_at(name, tile.target, c) for name in ("y", "residual", "addend")
            )
            ahead_y, ahead_residual = (
                rows_at(name, following.target, c) for name in ("y", "residual")
            )

            def result(i: Integer, j: int) -> Code:
                value = f.load(scratch, f.plus(f.times(i, LINE), j))
                value = f.add(value, f.load(at_residual, f.plus(f.times(i, residual_step), j)))
                return f.add(value, f.load(at_addend, f.plus(f.times(i, addend_step), j)))

            at_sums = f.at(sums, c)
            shifts = []
            for j in offsets:
                # Squares of differences from some row of this part: those of the values
                # themselves would drown a small variance.
                shift = f.build.select(is_first, result(0, j), f.load(at_sums, j))
                f.store(shift, at_sums, j)
                shifts.append(shift)
            totals = [(f.cell(f.constant(0)), f.cell(f.constant(0))) for _ in offsets]
            with f.loop(0, tile.outputs) as i:
                f.prefetch(f.at(ahead_y, f.times(i, step)), for_writing=True)
                f.prefetch(f.at(ahead_residual, f.times(i, residual_step)))
                for j, shift, (total, squares) in zip(offsets, shifts, totals, strict=True):
                    value = result(i, j)
                    f.store(value, at_y, f.plus(f.times(i, step), j))
                    difference = f.sub(value, shift)
                    f.put(f.add(f.get(total), difference), total)
                    f.put(f.multiply_add(difference, difference, f.get(squares)), squares)
            for j, cells in zip(offsets, totals, strict=True):
                for power, cell in enumerate(cells, 1):
                    where = power * channels + j
                    f.store(f.add(f.load(at_sums, where), f.get(cell)), at_sums, where)
        counted = f.build.sitofp(tile.outputs, FLOAT)
        count = f.at(sums, 3 * channels)
        f.store(f.add(f.load(count), f.splat(counted)), count)
    return f.finish()
