"""The architecture of Kokoro's generator: iSTFTNet with adaptive normalization and Snakes.

See Kaneko et al. 2022 (arXiv 2203.02395) and StyleTTS 2 (arXiv 2306.07691). Its input has two steps
for each frame of 600 samples; two stages make ten and then six of each, and each of those steps is
a frame of a short-time Fourier spectrum.
"""

from collections.abc import Iterator
from dataclasses import dataclass

FEATURES = 512
"""Channels of what the acoustic model hands over."""

STYLE = 128
"""Length of the beginning of the style vector, which the vocoder takes."""

BINS = 11
SPECTRUM = 2 * BINS
"""Channels of the harmonic source's spectrum, and of the output's: magnitudes and angles."""

SPECTRUM_ROW = 24
"""Floats of a row of the source's spectrum: a multiple of what the micro-kernel unrolls."""

HOP, WINDOW = 5, 20
"""Samples from one spectrum to the next, and of each."""

SOURCE_STEP = 300
"""Samples for each step of the input."""

TAPS = (3, 7, 11)
DILATIONS = (1, 3, 5)
"""Of a stage's residual blocks, and of the pairs of convolutions in each."""

FEATURES_SLOPE = 0.1
"""Of the leaky rectifier before the first upsampling."""


@dataclass(frozen=True)
class Stage:
    """One of the two stages: upsampling, the source added, residual blocks."""

    index: int
    channels: int
    stride: int
    """Steps that it makes of one."""

    noise_taps: int
    """Of the residual block that the source goes through."""

    noise_stride: int
    """Spectra of the source that go into one step."""

    extra: int
    """Steps that are reflected in front."""

    slope: float
    """Of the leaky rectifier behind it."""

    @property
    def blocks(self) -> tuple[str, ...]:
        """Names of the residual blocks, the source's first."""
        return "noise", *(f"block{number}" for number in range(len(TAPS)))

    def place(self, block: str) -> str:
        """Return where the graph has a block."""
        if block == "noise":
            return f"noise_res.{self.index}"
        return f"resblocks.{len(TAPS) * self.index + self.blocks.index(block) - 1}"

    def taps(self, block: str) -> int:
        """Return the taps of the convolutions of a block."""
        return self.noise_taps if block == "noise" else TAPS[self.blocks.index(block) - 1]


STAGES = (
    Stage(0, channels=256, stride=10, noise_taps=7, noise_stride=6, extra=0, slope=0.1),
    Stage(1, channels=128, stride=6, noise_taps=11, noise_stride=1, extra=1, slope=0.01),
)


@dataclass(frozen=True)
class Layer:
    """A convolution of a residual block, with the normalization and the Snake before it."""

    stage: Stage
    block: str
    pair: int
    half: int
    """The first or the second of its pair: 1 or 2."""

    @property
    def name(self) -> str:
        """Name in the files."""
        return f"{self.stage.index}.{self.block}.{self.pair}.{self.half}"

    @property
    def taps(self) -> int:
        """Width of the kernel."""
        return self.stage.taps(self.block)

    @property
    def dilation(self) -> int:
        """Steps from one tap to the next."""
        return DILATIONS[self.pair] if self.half == 1 else 1


def layers() -> Iterator[Layer]:
    """Return all layers, in the order in which they run."""
    for stage in STAGES:
        for block in stage.blocks:
            for pair in range(len(DILATIONS)):
                yield Layer(stage, block, pair, 1)
                yield Layer(stage, block, pair, 2)
