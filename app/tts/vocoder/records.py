"""The records that describe a run: Python writes them, and generated code reads them.

All their fields are 64 bits wide, integers or addresses.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

LINE = 16
"""Floats in a cache line. Each row is padded by one line, so that rows do not compete for the same
cache sets."""

SLOTS = 32
"""Fields of a step's record; the first ones are those of `STEP`."""


@dataclass(frozen=True)
class RecordType:
    """The fields of a kind of record, in order."""

    text: str
    """Names of the fields; those with a star are addresses."""

    start: int = 0
    """Index of the first field."""

    @cached_property
    def indices(self) -> Mapping[str, int]:
        """Index of each field in the record."""
        names = (name.rstrip("*") for name in self.text.split())
        return {name: index for index, name in enumerate(names, self.start)}

    @cached_property
    def addresses(self) -> set[str]:
        """Names of the fields that are addresses."""
        return {name.rstrip("*") for name in self.text.split() if name.endswith("*")}

    def fill(self, **values: int) -> list[int]:
        """Return the values in the order of the fields; raises `KeyError` for a wrong name."""
        fields = [values.pop(name) for name in self.indices]
        if values:
            raise KeyError(f"no such fields: {', '.join(values)}")
        return fields


RUN = RecordType("steps stop* pause*")
"""The head of a run: the number of steps that follow, the address of a flag that is not zero when
the run is to stop, and the address of a function that yields to other threads."""

STEP = RecordType("function* tickets next done")
"""The head of a step: its function, the number of its parts (a ticket for each), the next ticket to
be taken, and the number of parts done."""

CONVOLUTION = RecordType(
    "x* mean* variance* gain* offset* weights* scale* bias* y* residual* addend* sums* "
    "residual_step addend_step length dilation block",
    len(STEP.indices),
)
"""A convolution after a Snake: y = convolution(snake(normalized x)) + residual + addend.

The style scales and shifts the normalized values by `gain` and `offset`. A part is `block` tiles.
A `residual_step` or `addend_step` of 0 repeats the first row, and one of 1 takes every row.
"""

DIRECT = RecordType(
    "x* weights* bias* y* x_row tap_row depth taps panels y_row length block phases phase_weights "
    "phase_row",
    len(STEP.indices),
)
"""A convolution without transforms, for each of several phases.

y[t] = bias + the sum over taps of (`depth` floats of x[t] from tap * `tap_row` on) times weights. A
part is `block` rows of one phase; `phase_weights` and `phase_row` are the distances from one
phase's weights and rows of y to the next one's.
"""

LEAKY = RecordType("x* y* length front rows block", len(STEP.indices))
"""y = the leaky rectifier of x for `length` rows; `front` rows of zeros come first, and there are
`rows` rows in all."""

COPY = RecordType("x* y* floats", len(STEP.indices))
"""y = x, for `floats` floats."""

MEASURE = RecordType("x* sums* length block", len(STEP.indices))
"""Sums over the rows of x, `block` rows in a part."""

REDUCE = RecordType("sums* mean* variance* parts", len(STEP.indices))
"""Mean and variance from the sums of `parts` parts."""


def row(channels: int) -> int:
    """Return the floats from one row to the next."""
    return channels + LINE


def sums_row(channels: int) -> int:
    """Return the floats of one part's sums: shift, sum, sum of squares, and number of rows."""
    return 3 * channels + LINE
