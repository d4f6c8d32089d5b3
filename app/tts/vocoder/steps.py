"""The steps of one run of the generator, in the order in which threads work through them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from app.tts.vocoder.architecture import (
    DILATIONS,
    FEATURES,
    SPECTRUM_ROW,
    STAGES,
    Layer,
    Stage,
    layers,
)
from app.tts.vocoder.layout import (
    POST_FRONT,
    ROWS_MEASURED,
    SPECTRA_FRONT,
    RunLayout,
    StageLayout,
    measured_parts,
    part_of,
    parts_of,
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
    Layout,
    row,
)
from app.tts.vocoder.shapes import Shape

_FLOAT_BYTES = 4
_ROWS_IN_PART = 96
_ROWS_RECTIFIED_IN_PART = 512


@dataclass(frozen=True)
class Addresses:
    """Addresses that stay the same from run to run."""

    functions: Mapping[str, int]
    weights: Mapping[str, int]
    places: Mapping[str, int]
    """First channel of each layer's input among the statistics."""

    shape: Shape


@dataclass(frozen=True)
class Inputs:
    """Addresses that differ from run to run."""

    memory: int
    """Address of what a `RunLayout` divides."""

    style: int
    """Gains and offsets of all layers, in their order."""

    mean: int
    variance: int

    measures: bool
    """Whether mean and variance are written by the run, and not read."""


@cache
def _style_places() -> dict[str, int]:
    """Return the place of each layer's gains, by its name: its offsets follow them."""
    names = [layer.name for layer in layers()]
    ends = accumulate(2 * layer.stage.channels for layer in layers())
    return dict(zip(names, [0, *ends], strict=False))


class Steps:
    """Builds the steps of one run."""

    def __init__(self, fixed: Addresses, inputs: Inputs, layout: RunLayout) -> None:
        self._fixed = fixed
        self._inputs = inputs
        self._layout = layout
        self._fields: list[int] = []
        self._number = 0
        self.most_parts = 1
        """Of a convolution: more threads find no work for most of the run."""

        first, second = STAGES
        self._stage(first, layout.stages[0], layout.features, FEATURES)
        self._rectify(first, layout.stages[0], layout.between, front=1)
        self._stage(second, layout.stages[1], layout.between, first.channels)
        self._rectify(second, layout.stages[1], layout.post, front=POST_FRONT)
        self._post(second, layout.stages[1])

    def record(self, stop: int, pause: int) -> npt.NDArray[np.int64]:
        """Return the run as it lies in memory (see `records`), given two addresses."""
        return np.array([*RUN.fill(steps=self._number, stop=stop, pause=pause), *self._fields])

    def _add(self, function: str, layout: Layout, tickets: int, **fields: int) -> None:
        head = STEP.fill(function=self._fixed.functions[function], tickets=tickets, next=0, done=0)
        step = [*head, *layout.fill(**fields)]
        assert len(step) <= SLOTS
        self._fields += step + [0] * (SLOTS - len(step))
        self._number += 1

    def _at(self, floats: int) -> int:
        return self._inputs.memory + _FLOAT_BYTES * floats

    def _stage(self, stage: Stage, signals: StageLayout, x: int, x_channels: int) -> None:
        self._upsample(stage, signals, x, x_channels)
        self._add_source(stage, signals)
        self._block(stage, signals, "noise", signals.source, signals.upsampled, signals.upsampled)
        for number, block in enumerate(stage.blocks[1:]):
            addend = signals.source if number else None
            self._block(stage, signals, block, signals.upsampled, signals.source, addend)

    def _upsample(self, stage: Stage, signals: StageLayout, x: int, x_channels: int) -> None:
        """Step q of phase r is step q * stride + r of a signal that begins half a stride early."""
        early = (stage.stride // 2 - stage.extra) * row(stage.channels)
        shape, name = self._fixed.shape, f"{stage.index}.up"
        length = signals.length // stage.stride + 1
        self._direct(
            name,
            x=x,
            x_row=row(x_channels),
            tap_row=row(x_channels),
            depth=x_channels,
            taps=2,
            panels=stage.channels // shape.panel,
            y=signals.upsampled - early,
            y_row=stage.stride * row(stage.channels),
            length=length,
            phases=stage.stride,
            phase_weights=2 * x_channels * stage.channels,
            phase_row=row(stage.channels),
        )
        for reflected in range(stage.extra):
            start = signals.upsampled + reflected * row(stage.channels)
            mirror = start + 2 * (stage.extra - reflected) * row(stage.channels)
            fields = {"x": self._at(mirror), "y": self._at(start), "floats": stage.channels}
            self._add("copy", COPY, 1, **fields)

    def _add_source(self, stage: Stage, signals: StageLayout) -> None:
        spectra = stage.noise_stride * SPECTRUM_ROW
        front = SPECTRA_FRONT - stage.noise_stride // 2
        self._direct(
            f"{stage.index}.source",
            x=self._layout.spectra + front * SPECTRUM_ROW,
            x_row=spectra,
            tap_row=spectra,
            depth=spectra,
            taps=2 if stage.noise_stride > 1 else 1,
            panels=stage.channels // self._fixed.shape.panel,
            y=signals.source,
            y_row=row(stage.channels),
            length=signals.length,
        )
        if self._inputs.measures:
            parts = measured_parts(signals.length)
            self._add(
                f"measure_{stage.channels}",
                MEASURE,
                parts,
                x=self._at(signals.source),
                sums=self._at(self._layout.sums),
                length=signals.length,
                block=ROWS_MEASURED,
            )
            self._reduce(Layer(stage, "noise", 0, 1), parts)

    def _direct(self, name: str, **fields: int) -> None:
        once = {"phases": 1, "phase_weights": 0, "phase_row": 0, **fields}
        weights = self._fixed.weights
        rows = self._fixed.shape.rows
        block = _ROWS_IN_PART // rows * rows
        tickets = once["phases"] * -(-once["length"] // block)
        once["x"], once["y"] = self._at(once["x"]), self._at(once["y"])
        once |= {"weights": weights[f"{name}.weights"], "bias": weights[f"{name}.bias"]}
        self._add("direct", DIRECT, tickets, block=block, **once)

    def _block(
        self,
        stage: Stage,
        signals: StageLayout,
        block: str,
        x: int,
        y: int,
        addend: int | None,
    ) -> None:
        """Add to `addend` what the three pairs of a residual block make of x."""
        for pair in range(len(DILATIONS)):
            is_last = pair == len(DILATIONS) - 1
            first, second = Layer(stage, block, pair, 1), Layer(stage, block, pair, 2)
            self._convolve(first, signals, x, signals.inner, None, None)
            self._measured(second, signals, first)
            target = y if is_last else signals.outer
            self._convolve(second, signals, signals.inner, target, x, addend if is_last else None)
            x = target
            if not is_last:
                self._measured(Layer(stage, block, pair + 1, 1), signals, second)
            elif block == "noise":
                self._measured(Layer(stage, "block0", 0, 1), signals, second)

    def _convolve(
        self,
        layer: Layer,
        signals: StageLayout,
        x: int,
        y: int,
        residual: int | None,
        addend: int | None,
    ) -> None:
        weights, inputs = self._fixed.weights, self._inputs
        channels = layer.stage.channels
        place = _FLOAT_BYTES * self._fixed.places[layer.name]
        gain = inputs.style + _FLOAT_BYTES * _style_places()[layer.name]
        size = (layer.stage, layer.taps, layer.dilation, signals.length, self._fixed.shape)
        parts = parts_of(*size)
        self.most_parts = max(self.most_parts, parts)
        self._add(
            f"convolution_{channels}_{layer.taps}",
            CONVOLUTION,
            parts,
            x=self._at(x),
            mean=inputs.mean + place,
            variance=inputs.variance + place,
            gain=gain,
            offset=gain + _FLOAT_BYTES * channels,
            weights=weights[f"{layer.name}.weights"],
            scale=weights[f"{layer.name}.scale"],
            bias=weights[f"{layer.name}.bias"],
            y=self._at(y),
            residual=self._at(self._layout.nothing if residual is None else residual),
            addend=self._at(self._layout.nothing if addend is None else addend),
            sums=self._at(self._layout.sums),
            residual_step=int(residual is not None),
            addend_step=int(addend is not None),
            length=signals.length,
            dilation=layer.dilation,
            block=part_of(*size),
        )

    def _measured(self, layer: Layer, signals: StageLayout, before: Layer) -> None:
        """Turn the sums of the layer before into the statistics of a layer's input."""
        if self._inputs.measures:
            length = signals.length
            parts = parts_of(before.stage, before.taps, before.dilation, length, self._fixed.shape)
            self._reduce(layer, parts)

    def _reduce(self, layer: Layer, parts: int) -> None:
        place = _FLOAT_BYTES * self._fixed.places[layer.name]
        self._add(
            f"reduce_{layer.stage.channels}",
            REDUCE,
            1,
            sums=self._at(self._layout.sums),
            mean=self._inputs.mean + place,
            variance=self._inputs.variance + place,
            parts=parts,
        )

    def _rectify(self, stage: Stage, signals: StageLayout, y: int, *, front: int) -> None:
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

    def _post(self, stage: Stage, signals: StageLayout) -> None:
        self._direct(
            "post",
            x=self._layout.post,
            x_row=row(stage.channels),
            tap_row=row(stage.channels),
            depth=stage.channels,
            taps=2 * POST_FRONT + 1,
            panels=self._layout.output_row // self._fixed.shape.panel,
            y=self._layout.output,
            y_row=self._layout.output_row,
            length=signals.length,
        )
