"""The harmonic source: pitch and phase to the spectra that excite the generator."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.tts.model.acoustic import VOICED_ABOVE_HZ
from app.tts.vocoder.architecture import BINS, HOP, SOURCE_STEP, SPECTRUM_ROW, WINDOW

Floats = npt.NDArray[np.float32]

AMPLITUDE = np.float32(0.1)
"""Amplitude of each sine (StyleTTS 2's SineGen, `sine_amp`)."""

_ROWS = 512
"""Rows of a matrix product that numpy's BLAS computes in the calling thread alone."""


@dataclass(frozen=True)
class HarmonicSource:
    """A mix of nine harmonic sines, as short-time spectra."""

    mix: Floats
    """Weights of the harmonics, (9,)."""

    bias: float

    window: Floats
    """Window of the short-time Fourier transform, (20,)."""

    def spectrum(self, pitch: Floats, phase: Floats) -> Floats:
        """Return magnitudes and angles, (60 n + 1, 24), with two columns of zeros at the end.

        `pitch` is in Hz, (n,), and `phase` in radians, (9, n), with one value for each 300 samples.
        """
        steps = len(pitch)
        fractions = ((np.arange(SOURCE_STEP) + 0.5) / SOURCE_STEP).astype(np.float32)
        waves = np.zeros(SOURCE_STEP * steps, np.float32)
        for weight, harmonic in zip(self.mix, phase, strict=True):
            waves += np.sin(_interpolated(harmonic, fractions)) * weight
        voiced = np.repeat((pitch > VOICED_ABOVE_HZ).astype(np.float32) * AMPLITUDE, SOURCE_STEP)
        signal = np.tanh(waves * voiced + np.float32(self.bias))
        return self._transformed(np.pad(signal, WINDOW // 2, mode="reflect"))

    def _transformed(self, signal: Floats) -> Floats:
        frames = np.lib.stride_tricks.sliding_window_view(signal, WINDOW)[::HOP]
        spectrum = np.zeros((len(frames), SPECTRUM_ROW), np.float32)
        bins = product(frames, self._basis())
        re, im = bins[:, :BINS], bins[:, BINS:]
        # The first and the last bin are real except for rounding, which would decide whether a
        # negative value gets the angle pi or -pi. That is audible; the original mostly has these.
        im[:, 0], im[:, -1] = np.float32(1e-20), np.float32(-1e-20)
        spectrum[:, :BINS] = np.sqrt(re * re + im * im)
        spectrum[:, BINS : 2 * BINS] = np.arctan2(im, re)
        return spectrum

    def _basis(self) -> Floats:
        angles = 2 * np.pi * np.outer(np.arange(WINDOW), np.arange(BINS)) / WINDOW
        basis = np.concatenate([np.cos(angles), -np.sin(angles)], axis=1)
        return (basis * self.window[:, np.newaxis]).astype(np.float32)


def _interpolated(values: Floats, fractions: Floats) -> Floats:
    """Return 300 values for each value, interpolated linearly between the middles of the steps."""
    half = len(fractions) // 2
    lines = values[:-1, np.newaxis] + np.diff(values)[:, np.newaxis] * fractions
    begin, end = np.full(half, values[0]), np.full(half, values[-1])
    return np.concatenate([begin, lines.reshape(-1), end], dtype=np.float32)


def product(a: Floats, b: Floats) -> Floats:
    """Return the matrix product of float32 (n, k) and (k, m), computed in the calling thread alone.

    BLAS would start a thread for each core if it were given many rows at once.
    """
    result = np.empty((len(a), b.shape[1]), np.float32)
    for start in range(0, len(a), _ROWS):
        np.matmul(a[start : start + _ROWS], b, out=result[start : start + _ROWS])
    return result
