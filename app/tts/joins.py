"""Makes pieces of speech follow each other: silence trimmed to a natural pause, no clicks."""

import numpy as np
import numpy.typing as npt

from app.tts.types import SAMPLE_RATE, Samples

SILENCE_BELOW_PEAK = 40.0
"""A frame this many dB below the loudest one counts as silence."""

FRAME = SAMPLE_RATE // 100
LEAD = 4 * FRAME
TAIL = 8 * FRAME
"""What is kept around the speech, in samples: soft consonants begin and end below the threshold."""

FADE = SAMPLE_RATE // 200
"""Length of the fades at both ends, in samples."""


def trim(samples: Samples) -> Samples:
    """Return a copy of one run's samples, float32 (n,), without its silence at either end.

    40 ms before and 80 ms after the speech stay, faded over 5 ms. Sound that has no loud frame at
    all is returned as it is.
    """
    levels = _frame_levels(samples)
    if not levels.size or not levels.max() > 0:
        return samples.copy()
    loud = np.flatnonzero(levels > levels.max() * 10 ** (-SILENCE_BELOW_PEAK / 20))
    start = max(0, int(loud[0]) * FRAME - LEAD)
    end = min(len(samples), (int(loud[-1]) + 1) * FRAME + TAIL)
    trimmed = samples[start:end].copy()
    fade = np.linspace(0, 1, min(FADE, len(trimmed)), dtype=np.float32)
    trimmed[: len(fade)] *= fade
    trimmed[len(trimmed) - len(fade) :] *= fade[::-1]
    return trimmed


def silence(seconds: float) -> Samples:
    """Return `seconds` of silence."""
    return np.zeros(round(seconds * SAMPLE_RATE), np.float32)


def _frame_levels(samples: Samples) -> npt.NDArray[np.float32]:
    """Root mean square of each frame of 10 ms; the last one is filled up with silence."""
    frames = np.pad(samples, (0, -len(samples) % FRAME)).reshape(-1, FRAME)
    levels: npt.NDArray[np.float32] = np.sqrt(np.mean(np.square(frames), axis=1))
    return levels
