"""The architecture of Kokoro's generator: iSTFTNet with adaptive normalization and Snakes.

See Kaneko et al. 2022 (arXiv 2203.02395) and StyleTTS 2 (arXiv 2306.07691). The input has two time
steps for each frame of 600 samples. Two stages upsample it, by 10 and then by 6, and each resulting
step is one frame of a short-time Fourier transform.
"""

from collections.abc import Iterator
from dataclasses import dataclass

FEATURES = 512
"""Channels of the acoustic model's output."""

STYLE = 128
"""Length of the vocoder's part of the style vector, at its beginning."""

BINS = 11
SPECTRUM = 2 * BINS
"""Channels of the harmonic source's spectra and of the output's: magnitudes and angles."""

SPECTRUM_ROW = 24
"""Floats in a row of the source's spectra: a multiple of the micro-kernel's unrolling."""

HOP, WINDOW = 5, 20
"""Samples from one spectrum to the next, and in each."""

SOURCE_STEP = 300
"""Samples for each time step of the input."""

TAPS = (3, 7, 11)
DILATIONS = (1, 3, 5)
"""Kernel widths of a stage's residual blocks, and dilations of the convolution pairs in each."""

FEATURES_SLOPE = 0.1
"""Slope of the leaky rectifier before the first upsampling."""


@dataclass(frozen=True)
class UpsamplingStage:
    """One of the two upsampling stages: upsample, add the source, run the residual blocks."""

    index: int
    channels: int
    stride: int
    """Output steps for each input step."""

    noise_taps: int
    """Kernel width of the source's residual block."""

    noise_stride: int
    """Spectra of the source for each output step."""

    extra: int
    """Steps of reflection padding at the front."""

    slope: float
    """Slope of the leaky rectifier after the stage."""

    @property
    def blocks(self) -> tuple[str, ...]:
        """Names of the residual blocks, the source's first."""
        return "noise", *(f"block{number}" for number in range(len(TAPS)))

    def graph_name(self, block: str) -> str:
        """Return a block's name in the ONNX graph."""
        if block == "noise":
            return f"noise_res.{self.index}"
        return f"resblocks.{len(TAPS) * self.index + self.blocks.index(block) - 1}"

    def taps(self, block: str) -> int:
        """Return the kernel width of a block's convolutions."""
        return self.noise_taps if block == "noise" else TAPS[self.blocks.index(block) - 1]


STAGES = (
    UpsamplingStage(0, channels=256, stride=10, noise_taps=7, noise_stride=6, extra=0, slope=0.1),
    UpsamplingStage(1, channels=128, stride=6, noise_taps=11, noise_stride=1, extra=1, slope=0.01),
)


@dataclass(frozen=True)
class Layer:
    """A convolution of a residual block, preceded by its normalization and Snake activation."""

    stage: UpsamplingStage
    block: str
    pair: int
    half: int
    """1 for the first convolution of its pair, 2 for the second."""

    @property
    def name(self) -> str:
        """Name of the layer in the vocoder's files."""
        return f"{self.stage.index}.{self.block}.{self.pair}.{self.half}"

    @property
    def taps(self) -> int:
        """Kernel width."""
        return self.stage.taps(self.block)

    @property
    def dilation(self) -> int:
        """Time steps from one tap to the next."""
        return DILATIONS[self.pair] if self.half == 1 else 1


def layers() -> Iterator[Layer]:
    """Yield all layers in the order in which they run."""
    for stage in STAGES:
        for block in stage.blocks:
            for pair in range(len(DILATIONS)):
                yield Layer(stage, block, pair, 1)
                yield Layer(stage, block, pair, 2)
