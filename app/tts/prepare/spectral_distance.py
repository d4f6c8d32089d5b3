"""The distance between the spectra of two pieces of audio."""

import numpy as np
import numpy.typing as npt

from app.tts.types import Samples

STFT_FRAME = 1024
HOP = 256
RANGE_DB = 60.0
"""Bins further below the loudest one cannot be heard, and are not compared."""


def log_spectral_distance(samples: Samples, reference: Samples) -> float:
    """Return the distance in dB between two signals of float32 (n,) that begin together.

    It is the root mean square difference of levels over the bins of a frame (1,024 samples, Hann
    window, hop 256), averaged over frames. Only bins within 60 dB of the reference's loudest count,
    and levels below that floor are raised to it (Gray and Markel 1976, with a floor).
    """
    length = min(len(samples), len(reference))
    ours, theirs = (_levels(signal[:length]) for signal in (samples, reference))
    floor = theirs.max() - RANGE_DB
    heard = theirs > floor
    squares = np.where(heard, np.square(np.maximum(ours, floor) - theirs), 0.0)
    counts = heard.sum(axis=1)
    frames = counts > 0
    distances: npt.NDArray[np.float64] = np.sqrt(squares.sum(axis=1)[frames] / counts[frames])
    return float(distances.mean())


def _levels(samples: Samples) -> npt.NDArray[np.float64]:
    """Return levels in dB, float64 (frames, bins)."""
    padded = np.pad(samples, (0, max(0, STFT_FRAME - len(samples))))
    frames = np.lib.stride_tricks.sliding_window_view(padded, STFT_FRAME)[::HOP]
    power = np.square(np.abs(np.fft.rfft(frames * np.hanning(STFT_FRAME), axis=1)))
    levels: npt.NDArray[np.float64] = 10 * np.log10(power + 1e-20)
    return levels
