"""Writes the record of a run, step by step; `generator` decides which steps a run has."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from app.tts.vocoder.architecture import Layer, UpsamplingStage, layers
from app.tts.vocoder.layout import RunLayout, StageLayout
from app.tts.vocoder.partition import (
    ROWS_MEASURED,
    count_measured_parts,
    count_parts,
    tiles_in_part,
)
from app.tts.vocoder.records import (
    CONVOLUTION,
    COPY,
    DIRECT,
    LEAKY,
    MEASURE,
    REDUCE,
    RUN,
    SLOTS,
    STEP,
    RecordType,
)
from app.tts.vocoder.register_tile import RegisterTile

_FLOAT_BYTES = 4
_ROWS_IN_PART = 96
_ROWS_RECTIFIED_IN_PART = 512


@dataclass(frozen=True)
class CodeAddresses:
    """Addresses of the loaded code and weights, the same for all runs."""

    functions: Mapping[str, int]
    weights: Mapping[str, int]
    first_channels: Mapping[str, int]
    """Index among the statistics of the first channel of each layer's input."""

    registers: RegisterTile


@dataclass(frozen=True)
class RunAddresses:
    """Addresses of one run's memory and inputs."""

    memory: int
    """Start of the memory that a `RunLayout` lays out."""

    style: int
    """Gains and offsets of all layers, in their order."""

    mean: int
    variance: int

    measures: bool
    """Whether the run writes mean and variance instead of reading them."""


@cache
def _gain_indices() -> dict[str, int]:
    """Return the index of each layer's gains, by its name; its offsets come next."""
    names = [layer.name for layer in layers()]
    ends = accumulate(2 * layer.stage.channels for layer in layers())
    return dict(zip(names, [0, *ends], strict=False))


class StepWriter:
    """Writes the steps of one run. Signals are named by their offset in the memory, in floats."""

    def __init__(self, code: CodeAddresses, run: RunAddresses, layout: RunLayout) -> None:
        self.layout = layout
        self.registers = code.registers
        self.measures = run.measures
        self.most_threads = 1
        """Most parts of a convolution: further threads would find no work for most of the run."""

        self._code = code
        self._run = run
        self._fields: list[int] = []
        self._number = 0

    def record(self, stop: int, pause: int) -> npt.NDArray[np.int64]:
        """Return the record of the run, given the addresses for `RUN`."""
        return np.array([*RUN.fill(steps=self._number, stop=stop, pause=pause), *self._fields])

    def direct(self, name: str, **fields: int) -> None:
        """Add a direct convolution, of one phase unless `fields` says more."""
        once = {"phases": 1, "phase_weights": 0, "phase_row": 0, **fields}
        weights = self._code.weights
        rows = self.registers.rows
        block = _ROWS_IN_PART // rows * rows
        tickets = once["phases"] * -(-once["length"] // block)
        once["x"], once["y"] = self._at(once["x"]), self._at(once["y"])
        once |= {"weights": weights[f"{name}.weights"], "bias": weights[f"{name}.bias"]}
        self._add("direct", DIRECT, tickets, block=block, **once)

    def convolve(
        self,
        layer: Layer,
        signals: StageLayout,
        x: int,
        y: int,
        residual: int | None = None,
        addend: int | None = None,
    ) -> None:
        """Add the convolution of a layer from x to y, plus what lies at `residual` and `addend`."""
        weights, run = self._code.weights, self._run
        channels = layer.stage.channels
        first_channel = _FLOAT_BYTES * self._code.first_channels[layer.name]
        gain = run.style + _FLOAT_BYTES * _gain_indices()[layer.name]
        size = (layer.stage, layer.taps, layer.dilation, signals.length, self.registers)
        parts = count_parts(*size)
        self.most_threads = max(self.most_threads, parts)
        self._add(
            f"convolution_{channels}_{layer.taps}",
            CONVOLUTION,
            parts,
            x=self._at(x),
            mean=run.mean + first_channel,
            variance=run.variance + first_channel,
            gain=gain,
            offset=gain + _FLOAT_BYTES * channels,
            weights=weights[f"{layer.name}.weights"],
            scale=weights[f"{layer.name}.scale"],
            bias=weights[f"{layer.name}.bias"],
            y=self._at(y),
            residual=self._at(self.layout.nothing if residual is None else residual),
            addend=self._at(self.layout.nothing if addend is None else addend),
            sums=self._at(self.layout.sums),
            residual_step=int(residual is not None),
            addend_step=int(addend is not None),
            length=signals.length,
            dilation=layer.dilation,
            block=tiles_in_part(*size),
        )

    def measure(self, layer: Layer, signals: StageLayout, x: int) -> None:
        """Add the measurement of the statistics of x, the input of a layer."""
        parts = count_measured_parts(signals.length)
        self._add(
            f"measure_{layer.stage.channels}",
            MEASURE,
            parts,
            x=self._at(x),
            sums=self._at(self.layout.sums),
            length=signals.length,
            block=ROWS_MEASURED,
        )
        self._reduce(layer, parts)

    def reduce(self, layer: Layer, signals: StageLayout, before: Layer) -> None:
        """Add the reduction of the previous layer's sums to the statistics of a layer's input."""
        size = (before.stage, before.taps, before.dilation, signals.length, self.registers)
        self._reduce(layer, count_parts(*size))

    def rectify(self, stage: UpsamplingStage, signals: StageLayout, y: int, *, front: int) -> None:
        """Add the rectifier of a stage's output, with `front` rows of zeros on both sides."""
        rows = signals.length + 2 * front
        self._add(
            f"leaky_{stage.channels}",
            LEAKY,
            -(-rows // _ROWS_RECTIFIED_IN_PART),
            x=self._at(signals.source),
            y=self._at(y),
            length=signals.length,
            front=front,
            rows=rows,
            block=_ROWS_RECTIFIED_IN_PART,
        )

    def copy(self, x: int, y: int, floats: int) -> None:
        """Add a copy from x to y."""
        self._add("copy", COPY, 1, x=self._at(x), y=self._at(y), floats=floats)

    def _reduce(self, layer: Layer, parts: int) -> None:
        first_channel = _FLOAT_BYTES * self._code.first_channels[layer.name]
        self._add(
            f"reduce_{layer.stage.channels}",
            REDUCE,
            1,
            sums=self._at(self.layout.sums),
            mean=self._run.mean + first_channel,
            variance=self._run.variance + first_channel,
            parts=parts,
        )

    def _add(self, function: str, record_type: RecordType, tickets: int, **fields: int) -> None:
        head = STEP.fill(function=self._code.functions[function], tickets=tickets, next=0, done=0)
        step = [*head, *record_type.fill(**fields)]
        assert len(step) <= SLOTS
        self._fields += step + [0] * (SLOTS - len(step))
        self._number += 1

    def _at(self, floats: int) -> int:
        return self._run.memory + _FLOAT_BYTES * floats
