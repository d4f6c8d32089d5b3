"""Makes pieces of speech follow each other: silence trimmed to a natural pause, no clicks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

import numpy as np
import numpy.typing as npt

from app.tts.types import SAMPLE_RATE, AudioSegment, Samples

SILENCE_BELOW_PEAK = 36.0
"""A frame this many dB below the loudest one counts as silence."""

LEAST_PEAK = 0.1
"""What a stream takes for its peak until it was louder; of all voices' sentences, the quietest
peaks at 0.14."""

LEVEL_FRAME = SAMPLE_RATE // 100
LEAD = 4 * LEVEL_FRAME
TAIL = 8 * LEVEL_FRAME
"""What is kept around the speech, in samples: soft consonants begin and end below the threshold."""

_SILENCE = np.zeros(2 * SAMPLE_RATE, np.float32)
"""What a stream sends of a pause at once: this is what a stalled listener keeps in memory."""
_SILENCE.flags.writeable = False

FADE = SAMPLE_RATE // 200
"""Length of the fades at both ends, in samples."""


class Trimmer:
    """Takes the silence from both ends of speech that arrives in stretches.

    40 ms before and 80 ms after the speech stay, faded over 5 ms. What could be the silence at
    the end is held back until the speech goes on. Speech that has no loud frame at all is
    returned as it is.
    """

    def __init__(self, peak: float = LEAST_PEAK) -> None:
        """Expect `peak` to be the level, a frame's root mean square, of the loudest frame."""
        self._peak = peak
        self._speaking = False
        self._held = np.zeros(0, np.float32)
        self.cut = 0
        """What was taken from the beginning, in samples."""
        self._kept = 0
        """How much of what is held is known to be no trailing silence, in samples."""

    def feed(self, samples: Samples) -> Samples:
        """Return what can be played now that `samples`, float32 (n,), arrived; perhaps nothing."""
        self._held = np.concatenate([self._held, samples])
        levels = frame_levels(self._held)
        self._peak = max(self._peak, float(levels.max(initial=0)))
        loud = np.flatnonzero(levels > self._peak * 10 ** (-SILENCE_BELOW_PEAK / 20))
        if loud.size:
            self._kept = (int(loud[-1]) + 1) * LEVEL_FRAME + TAIL
            if not self._speaking:
                self._speaking = True
                self.cut = len(self._drop(max(0, int(loud[0]) * LEVEL_FRAME - LEAD)))
                _fade_in(self._held)
        # Whole frames, so that the next ones are measured on the same grid; the fade stays behind.
        playable = max(0, min(self._kept, len(self._held)) - FADE) // LEVEL_FRAME * LEVEL_FRAME
        return self._drop(playable)

    def finish(self) -> Samples:
        """Return the rest, faded out."""
        if self._speaking:
            self._held = self._held[: self._kept]
            _fade_in(self._held[::-1])
        return self._drop(len(self._held))

    def _drop(self, count: int) -> Samples:
        dropped, self._held = self._held[:count], self._held[count:]
        self._kept -= count
        return dropped


def trimmed(segments: Iterable[AudioSegment]) -> Iterator[AudioSegment]:
    """Take the silence from both ends of one sentence; stretches with nothing left are left out.

    A sentence that comes in one stretch is measured by its own loudest frame.
    """
    trimmer: Trimmer | None = None
    start = 0
    for segment in segments:
        if trimmer is None:
            whole = frame_levels(segment.samples).max(initial=0) if segment.is_last else 0.0
            trimmer = Trimmer(float(whole) or LEAST_PEAK)
            start = segment.start
        samples = trimmer.feed(segment.samples)
        if segment.is_last:
            samples = np.concatenate([samples, trimmer.finish()])
        if samples.size or segment.is_last:
            # Nothing is played before it is known what is cut from the beginning.
            yield replace(segment, samples=samples, start=start + trimmer.cut)
            start += len(samples)


def join_segments(segments: Sequence[AudioSegment]) -> AudioSegment:
    """Return the stretches of a whole sentence, one at least, as one."""
    samples = np.concatenate([segment.samples for segment in segments])
    known = [segment.times for segment in segments if segment.times is not None]
    times = tuple(chain.from_iterable(known)) if known else None
    return AudioSegment(samples, is_last=True, times=times)


def silence(seconds: float) -> Samples:
    """Return `seconds` of silence."""
    return np.zeros(round(seconds * SAMPLE_RATE), np.float32)


def silences(seconds: float) -> Iterator[Samples]:
    """Return `seconds` of silence in parts of up to 2 s, one at least, to be played in a row.

    They share their memory and cannot be written to.
    """
    left = round(seconds * SAMPLE_RATE)
    while left > len(_SILENCE):
        yield _SILENCE
        left -= len(_SILENCE)
    yield _SILENCE[:left]


def _fade_in(samples: Samples) -> None:
    """Fade `samples` in, in place."""
    length = min(FADE, len(samples))
    samples[:length] *= np.linspace(0, 1, length, dtype=np.float32)


def frame_levels(samples: Samples) -> npt.NDArray[np.float32]:
    """Root mean square of each frame of 10 ms; the last one is filled up with silence."""
    frames = np.pad(samples, (0, -len(samples) % LEVEL_FRAME)).reshape(-1, LEVEL_FRAME)
    levels: npt.NDArray[np.float32] = np.sqrt(np.mean(np.square(frames), axis=1))
    return levels
