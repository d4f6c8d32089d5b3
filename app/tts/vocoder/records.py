"""Layouts of a run in memory, which Python writes and generated code reads.

Everything is a record of 64-bit fields, integers or addresses.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

LINE = 16
"""Floats in a cache line. Rows are longer than their channels by one, so that rows do not compete
for the same places of a cache."""

SLOTS = 32
"""Fields of a step, the first of which are those of `STEP`."""


@dataclass(frozen=True)
class Layout:
    """Names of fields in their order; those with a star are addresses."""

    text: str
    start: int = 0
    """Index of the first field."""

    @cached_property
    def indices(self) -> Mapping[str, int]:
        """Index of each field in its record."""
        names = (name.rstrip("*") for name in self.text.split())
        return {name: index for index, name in enumerate(names, self.start)}

    @cached_property
    def addresses(self) -> set[str]:
        """Names of the fields that are addresses."""
        return {name.rstrip("*") for name in self.text.split() if name.endswith("*")}

    def fill(self, **values: int) -> list[int]:
        """Return the fields in their order; raises `KeyError` for a missing or unknown one."""
        fields = [values.pop(name) for name in self.indices]
        if values:
            raise KeyError(f"no such fields: {', '.join(values)}")
        return fields


RUN = Layout("steps stop* pause*")
"""The head of a run: how many steps follow it, what is not zero when it is to stop, and the address
of a function that lets other threads run."""

STEP = Layout("function* tickets next done")
"""The head of a step: its function, into how many parts it is divided, and how many of them were
given out and done."""

CONVOLUTION = Layout(
    "x* mean* variance* gain* offset* weights* scale* bias* y* residual* addend* sums* "
    "residual_step addend_step length dilation block",
    len(STEP.indices),
)
"""A convolution of snakes: y = convolution(snake(normalized x)) + residual + addend.

`gain` and `offset` are what the style makes of the normalized values. A part is `block` tiles. A
`residual_step` or `addend_step` of 0 takes the first row again and again, one of 1 every row.
"""

DIRECT = Layout(
    "x* weights* bias* y* x_row tap_row depth taps panels y_row length block phases phase_weights "
    "phase_row",
    len(STEP.indices),
)
"""A convolution without transforms, for each of some phases.

y[t][...] = bias + sum over taps of x[t] at tap * `tap_row`, `depth` floats of it, times weights. A
part is `block` rows of one phase; `phase_weights` and `phase_row` lead from one phase's weights and
rows of y to those of the next.
"""

LEAKY = Layout("x* y* length front rows block", len(STEP.indices))
"""y = leaky rectifier of x, for `length` rows, with `front` rows of zeros before them, `rows` in
all."""

COPY = Layout("x* y* floats", len(STEP.indices))
"""y = x, for so many floats."""

MEASURE = Layout("x* sums* length block", len(STEP.indices))
"""Sums of the rows of x, `block` rows in a part."""

REDUCE = Layout("sums* mean* variance* parts", len(STEP.indices))
"""Mean and variance from the sums of so many parts."""


def row(channels: int) -> int:
    """Return the floats from one row to the next."""
    return channels + LINE


def sums_row(channels: int) -> int:
    """Return the floats of one part's sums: shift, sum, sum of squares, and how many rows."""
    return 3 * channels + LINE
