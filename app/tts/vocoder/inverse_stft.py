"""The inverse short-time Fourier transform at the end of the generator: spectra to samples."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.tts.vocoder.architecture import BINS, HOP, WINDOW
from app.tts.vocoder.source import product

Floats = npt.NDArray[np.float32]

_OVERLAP = WINDOW // HOP


@dataclass(frozen=True)
class InverseStft:
    """An inverse short-time Fourier transform by overlap-add."""

    basis: Floats
    """The inverse transform multiplied by its window, (22, 20)."""

    window_sum: Floats
    """Divisors of the first samples, (20,); the export divides no others."""

    def samples(self, spectrum: Floats) -> Floats:
        """Return the samples, float32 (5 n - 5,), of n spectra.

        A spectrum is 11 log magnitudes and 11 values whose sines are the angles.
        """
        magnitude, angle = np.exp(spectrum[:, :BINS]), np.sin(spectrum[:, BINS : 2 * BINS])
        bins = np.concatenate([magnitude * np.cos(angle), magnitude * np.sin(angle)], axis=1)
        frames = product(bins, self.basis).reshape(-1, _OVERLAP, HOP)
        hops = np.zeros((len(frames) + _OVERLAP - 1, HOP), np.float32)
        for part in range(_OVERLAP):
            hops[part : part + len(frames)] += frames[:, part]
        samples = hops.reshape(-1)
        start = samples[: len(self.window_sum)]
        np.divide(
            start, self.window_sum, out=start, where=self.window_sum > np.finfo(np.float32).tiny
        )
        return np.float32(_OVERLAP) * samples[WINDOW // 2 : -WINDOW // 2]
