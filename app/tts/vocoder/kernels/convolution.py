"""Generates the convolutions in a transformed domain, which are most of the vocoder's work.

Activations are rows of channels in the order of time, x[t][channel]. A tile is the result of one
transform: `outputs` values that are `dilation` rows apart, for all channels. Tiles are ordered by
time, and alternate between the phases of a dilation.
"""

from llvmlite import ir

from app.tts.vocoder.kernels.ir import FLOAT, Code, Function
from app.tts.vocoder.kernels.micro_kernel import (
    clear,
    micro_kernel,
    store_cells,
    sums,
    weights_type,
)
from app.tts.vocoder.kernels.tiles import input_transform, output_transform
from app.tts.vocoder.kernels.transforms import FastCorrelation
from app.tts.vocoder.records import CONVOLUTION, row, sums_row
from app.tts.vocoder.register_tile import RegisterTile
from app.tts.vocoder.workspace import GAIN, OFFSET, PANEL, POINTS

_FETCHED = 8
"""Floats of the next panel of weights to prefetch, for each group and channel."""

EPSILON = 1e-5
"""Added to a variance (torch's InstanceNorm1d)."""


def convolution(
    module: ir.Module,
    channels: int,
    algorithm: FastCorrelation,
    registers: RegisterTile,
    products: Code,
) -> str:
    """Generate the step `CONVOLUTION`, and return its name."""
    name = f"convolution_{channels}_{algorithm.taps}"
    load = input_transform(module, f"{name}_in", channels, algorithm, registers)
    save = output_transform(module, f"{name}_out", channels, algorithm, registers)
    f = Function(module, name, "pip", registers.width)
    step, ticket, workspace = f.arguments
    field = f.fields(step, CONVOLUTION.indices, CONVOLUTION.addresses)
    length, dilation, block = (field[name] for name in ("length", "dilation", "block"))
    tiles = f.times(f.divide_up(f.divide_up(length, dilation), algorithm.outputs), dilation)
    begin = f.times(ticket, block)
    end = f.minimum(f.plus(begin, block), tiles)
    slot = f.times(block, row(channels))
    v = f.at(workspace, POINTS)
    _normalization(f, channels, field, workspace)
    f.call(load, field["x"], workspace, f.at(v, slot), slot, begin, end, length, dilation)
    groups = f.divide_up(f.minus(end, begin), registers.rows)
    f.call(products, v, field["weights"], workspace, slot, groups)
    sums = f.at(field["sums"], f.times(ticket, sums_row(channels)))
    f.call(save, v, slot, step, sums, begin, end)
    f.finish()
    return name


def _normalization(f: Function, channels: int, field: dict[str, Code], workspace: Code) -> None:
    """Write the factor and the offset that normalize each channel into the work space."""
    with f.loop(0, channels, f.width) as c:
        mean, variance, gain, offset = (
            f.load(field[name], c) for name in ("mean", "variance", "gain", "offset")
        )
        deviation = f.elementwise("sqrt", f.add(variance, f.constant(EPSILON)))
        gain = f.build.fdiv(gain, deviation)
        f.store(gain, workspace, f.plus(c, GAIN))
        f.store(f.sub(offset, f.multiply(mean, gain)), workspace, f.plus(c, OFFSET))


def matrix_products(module: ir.Module, channels: int, points: int, registers: RegisterTile) -> Code:
    """Generate the function (v, weights, workspace, slot, groups), and return it.

    It multiplies all points by weights[point][panel][input][column]. v has one more slot than there
    are points, each of `slot` floats. Point p of all tiles is read from slot p + 1, and its
    products go to slot p, which is free by then. A group has a tile for each row of the
    micro-kernel.
    """
    f = Function(
        module, f"products_{channels}_{points}", "pppii", registers.width, is_internal=True
    )
    v, weights, workspace, slot, groups = f.arguments
    cells, kind = sums(f, registers), weights_type(registers)
    panels, panel_floats = channels // registers.panel, channels * registers.panel
    panel_space, group_floats = f.at(workspace, PANEL), registers.rows * row(channels)
    with f.loop(0, points) as point:
        target = f.at(v, f.times(point, slot))
        source = f.at(target, slot)
        with f.loop(0, panels) as panel:
            start = f.times(f.plus(f.times(point, panels), panel), panel_floats)
            at_weights = f.at(weights, start, kind)
            following = f.at(at_weights, panel_floats, kind)
            if kind != FLOAT:
                with f.loop(0, panel_floats, registers.width) as k:
                    f.store(f.load(at_weights, k, kind), panel_space, k)
                at_weights = panel_space
            with f.loop(0, groups) as group:
                clear(f, cells)
                at_group = f.times(group, group_floats)
                ahead = f.at(following, f.times(group, channels * _FETCHED))
                a = f.at(source, at_group)
                micro_kernel(f, registers, a, row(channels), at_weights, channels, cells, ahead)
                at_target = f.plus(at_group, f.times(panel, registers.panel))
                store_cells(f, registers, cells, f.at(target, at_target), row(channels))
    return f.finish()
