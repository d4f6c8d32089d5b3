"""Generates the steps without transforms: direct convolutions, leaky rectifiers and copies."""

from llvmlite import ir

from app.tts.vocoder.kernels.ir import Function
from app.tts.vocoder.kernels.micro_kernel import micro_kernel, store_cells, sums
from app.tts.vocoder.records import COPY, DIRECT, LEAKY, row
from app.tts.vocoder.register_tile import RegisterTile


def direct_convolution(module: ir.Module, registers: RegisterTile) -> str:
    """Generate the step `DIRECT`, and return its name.

    It computes whole groups of the micro-kernel's rows, so x and y need room for one more group.
    """
    f = Function(module, "direct", "pip", registers.width)
    step, ticket, _ = f.arguments
    field = f.fields(step, DIRECT.indices, DIRECT.addresses)
    cells = sums(f, registers)
    phase = f.remainder(ticket, field["phases"])
    begin = f.times(f.divide(ticket, field["phases"]), field["block"])
    end = f.minimum(f.plus(begin, field["block"]), field["length"])
    tap_floats = f.times(field["depth"], registers.panel)
    panel_floats = f.times(field["taps"], tap_floats)
    weights = f.at(field["weights"], f.times(phase, field["phase_weights"]))
    y = f.at(field["y"], f.times(phase, field["phase_row"]))
    with f.loop(0, field["panels"]) as panel:
        at_panel = f.at(weights, f.times(panel, panel_floats))
        column = f.times(panel, registers.panel)
        at_bias = f.at(field["bias"], column)
        with f.loop(begin, end, registers.rows) as t:
            for line in cells:
                for j, cell in enumerate(line):
                    f.put(f.load(at_bias, j * registers.width), cell)
            at_x = f.at(field["x"], f.times(t, field["x_row"]))
            with f.loop(0, field["taps"]) as tap:
                a = f.at(at_x, f.times(tap, field["tap_row"]))
                at_weights = f.at(at_panel, f.times(tap, tap_floats))
                micro_kernel(f, registers, a, field["x_row"], at_weights, field["depth"], cells)
            at_y = f.at(y, f.plus(f.times(t, field["y_row"]), column))
            store_cells(f, registers, cells, at_y, field["y_row"])
    f.finish()
    return "direct"


def leaky_rectifier(
    module: ir.Module, name: str, channels: int, slope: float, factor: float, width: int
) -> str:
    """Generate the step `LEAKY`, y = rectifier(factor x) between zeros, and return its name."""
    f = Function(module, name, "pip", width)
    step, ticket, _ = f.arguments
    field = f.fields(step, LEAKY.indices, LEAKY.addresses)
    begin = f.times(ticket, field["block"])
    end = f.minimum(f.plus(begin, field["block"]), field["rows"])
    first = f.maximum(begin, field["front"])
    last = f.maximum(first, f.minimum(end, f.plus(field["front"], field["length"])))

    def zeros(start: object, stop: object) -> None:
        with f.loop(start, stop) as t, f.loop(0, channels, width) as c:
            f.store(f.constant(0), field["y"], f.plus(f.times(t, row(channels)), c))

    zeros(begin, f.minimum(first, end))
    with f.loop(first, last) as t:
        at_x = f.at(field["x"], f.times(f.minus(t, field["front"]), row(channels)))
        at_y = f.at(field["y"], f.times(t, row(channels)))
        with f.loop(0, channels, width) as c:
            value = f.scale(f.load(at_x, c), factor)
            f.store(f.elementwise("maxnum", value, f.scale(value, slope)), at_y, c)
    zeros(last, end)
    f.finish()
    return name


def copy(module: ir.Module, width: int) -> str:
    """Generate the step `COPY`, and return its name."""
    f = Function(module, "copy", "pip", width)
    step, _, _ = f.arguments
    field = f.fields(step, COPY.indices, COPY.addresses)
    with f.loop(0, field["floats"], width) as c:
        f.store(f.load(field["x"], c), field["y"], c)
    f.finish()
    return "copy"
