"""The generator as a sequence of steps, in the order in which threads execute them."""

from app.tts.vocoder.architecture import (
    DILATIONS,
    FEATURES,
    SPECTRUM_ROW,
    STAGES,
    Layer,
    UpsamplingStage,
)
from app.tts.vocoder.layout import POST_FRONT, SPECTRA_FRONT, StageLayout
from app.tts.vocoder.records import row
from app.tts.vocoder.step_writer import StepWriter


def write_generator(steps: StepWriter) -> None:
    """Write all steps of a run."""
    layout = steps.layout
    first, second = STAGES
    _stage(steps, first, layout.stages[0], layout.features, FEATURES)
    steps.rectify(first, layout.stages[0], layout.between, front=1)
    _stage(steps, second, layout.stages[1], layout.between, first.channels)
    steps.rectify(second, layout.stages[1], layout.post, front=POST_FRONT)
    _last_convolution(steps, second, layout.stages[1])


def _stage(
    steps: StepWriter, stage: UpsamplingStage, signals: StageLayout, x: int, x_channels: int
) -> None:
    _upsample(steps, stage, signals, x, x_channels)
    _source(steps, stage, signals)
    up, source = signals.upsampled, signals.source
    _residual_block(steps, stage, signals, "noise", source, up, up)
    for number, block in enumerate(stage.blocks[1:]):
        _residual_block(steps, stage, signals, block, up, source, source if number else None)


def _upsample(
    steps: StepWriter, stage: UpsamplingStage, signals: StageLayout, x: int, x_channels: int
) -> None:
    """Write a transposed convolution, as a direct one for each phase, and its reflection padding.

    Step q of phase r is step q * stride + r of a signal that begins half a stride early.
    """
    channels_row = row(stage.channels)
    early = (stage.stride // 2 - stage.extra) * channels_row
    steps.direct(
        f"{stage.index}.up",
        x=x,
        x_row=row(x_channels),
        tap_row=row(x_channels),
        depth=x_channels,
        taps=2,
        panels=stage.channels // steps.registers.panel,
        y=signals.upsampled - early,
        y_row=stage.stride * channels_row,
        length=signals.length // stage.stride + 1,
        phases=stage.stride,
        phase_weights=2 * x_channels * stage.channels,
        phase_row=channels_row,
    )
    for reflected in range(stage.extra):
        start = signals.upsampled + reflected * channels_row
        mirror = start + 2 * (stage.extra - reflected) * channels_row
        steps.copy(mirror, start, stage.channels)


def _source(steps: StepWriter, stage: UpsamplingStage, signals: StageLayout) -> None:
    """Write the convolution that brings the source's spectra to the rate of a stage."""
    spectra = stage.noise_stride * SPECTRUM_ROW
    front = SPECTRA_FRONT - stage.noise_stride // 2
    steps.direct(
        f"{stage.index}.source",
        x=steps.layout.spectra + front * SPECTRUM_ROW,
        x_row=spectra,
        tap_row=spectra,
        depth=spectra,
        taps=2 if stage.noise_stride > 1 else 1,
        panels=stage.channels // steps.registers.panel,
        y=signals.source,
        y_row=row(stage.channels),
        length=signals.length,
    )
    if steps.measures:
        steps.measure(Layer(stage, "noise", 0, 1), signals, signals.source)


def _residual_block(
    steps: StepWriter,
    stage: UpsamplingStage,
    signals: StageLayout,
    block: str,
    x: int,
    y: int,
    addend: int | None,
) -> None:
    """Write a residual block of three pairs of convolutions: y = block(x) + addend."""
    for pair in range(len(DILATIONS)):
        is_last = pair == len(DILATIONS) - 1
        first, second = Layer(stage, block, pair, 1), Layer(stage, block, pair, 2)
        steps.convolve(first, signals, x, signals.inner)
        if steps.measures:
            steps.reduce(second, signals, first)
        target = y if is_last else signals.outer
        steps.convolve(second, signals, signals.inner, target, x, addend if is_last else None)
        x = target
        if steps.measures and not is_last:
            steps.reduce(Layer(stage, block, pair + 1, 1), signals, second)
        elif steps.measures and block == "noise":
            steps.reduce(Layer(stage, "block0", 0, 1), signals, second)


def _last_convolution(steps: StepWriter, stage: UpsamplingStage, signals: StageLayout) -> None:
    layout = steps.layout
    steps.direct(
        "post",
        x=layout.post,
        x_row=row(stage.channels),
        tap_row=row(stage.channels),
        depth=stage.channels,
        taps=2 * POST_FRONT + 1,
        panels=layout.output_row // steps.registers.panel,
        y=layout.output,
        y_row=layout.output_row,
        length=signals.length,
    )
