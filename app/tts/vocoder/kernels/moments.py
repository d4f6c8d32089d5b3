"""Generates the steps that measure the mean and variance of each channel over time."""

from collections.abc import Callable

from llvmlite import ir

from app.tts.vocoder.kernels.ir import DOUBLE, FLOAT, Code, Function
from app.tts.vocoder.records import MEASURE, REDUCE, row, sums_row


def measure(module: ir.Module, channels: int, width: int) -> str:
    """Generate the step `MEASURE`, and return its name.

    Like a convolution for its results, it writes a shift (the first row), the sums of the rows'
    differences from it and of their squares, and the number of rows.
    """
    name = f"measure_{channels}"
    f = Function(module, name, "pip", width)
    step, ticket, _ = f.arguments
    field = f.fields(step, MEASURE.indices, MEASURE.addresses)
    begin = f.times(ticket, field["block"])
    end = f.minimum(f.plus(begin, field["block"]), field["length"])
    sums = f.at(field["sums"], f.times(ticket, sums_row(channels)))
    with f.loop(0, channels, width) as c:
        at_x = f.at(field["x"], c)
        shift = f.load(at_x, f.times(begin, row(channels)))
        total, squares = f.cell(f.constant(0)), f.cell(f.constant(0))
        with f.loop(begin, end) as t:
            difference = f.sub(f.load(at_x, f.times(t, row(channels))), shift)
            f.put(f.add(f.get(total), difference), total)
            f.put(f.multiply_add(difference, difference, f.get(squares)), squares)
        at_sums = f.at(sums, c)
        for where, value in enumerate((shift, f.get(total), f.get(squares))):
            f.store(value, at_sums, where * channels)
    rows = f.build.sitofp(f.minus(end, begin), FLOAT)
    f.store(f.splat(rows), sums, 3 * channels)
    f.finish()
    return name


def reduce(module: ir.Module, channels: int, width: int) -> str:
    """Generate the step `REDUCE`, in float64, and return its name.

    Parts are pooled by the method of Chan, Golub and LeVeque (The American Statistician 37, 1983).
    """
    name = f"reduce_{channels}"
    f = Function(module, name, "pip", width)
    step, _, _ = f.arguments
    field = f.fields(step, REDUCE.indices, REDUCE.addresses)
    doubles = ir.VectorType(DOUBLE, width)
    zero = ir.Constant(doubles, [0.0] * width)

    def double(pointer: Code, index: object) -> Code:
        return f.build.fpext(f.load(pointer, index), doubles)

    def pooled(c: Code, of_part: Callable[..., Code]) -> Code:
        """Return the sum of `of_part(rows, shift, sum, sum of squares)` over all parts."""
        total = f.entry_cell(zero)
        with f.loop(0, field["parts"]) as part:
            sums = f.at(field["sums"], f.times(part, sums_row(channels)))
            rows = double(sums, 3 * channels)
            at_c = f.at(sums, c)
            shift, linear, square = (double(at_c, where * channels) for where in range(3))
            value = of_part(rows, shift, linear, square)
            f.build.store(f.build.fadd(f.build.load(total, typ=doubles), value), total)
        return f.build.load(total, typ=doubles)

    build = f.build
    with f.loop(0, channels, width) as c:
        rows = pooled(c, lambda rows, *_: rows)
        total = pooled(
            c, lambda rows, shift, linear, _: build.fadd(build.fmul(rows, shift), linear)
        )
        mean = build.fdiv(total, rows)

        def squares(rows: Code, shift: Code, linear: Code, square: Code) -> Code:
            # The sum of (d - m)^2 over the rows: d is the difference from the shift, m its mean.
            m = build.fsub(mean, shift)
            twice = build.fmul(build.fadd(m, m), linear)
            return build.fadd(build.fsub(square, twice), build.fmul(rows, build.fmul(m, m)))

        variance = build.fdiv(pooled(c, squares), rows)
        for name, value in (("mean", mean), ("variance", variance)):
            f.store(build.fptrunc(value, f.vector), field[name], c)
    f.finish()
    return f"reduce_{channels}"
