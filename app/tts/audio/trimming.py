"""Trims the silence around pieces of speech, so that they join with natural pauses, no clicks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

import numpy as np
import numpy.typing as npt

from app.tts.types import SAMPLE_RATE, AudioSegment, Samples

SILENCE_BELOW_PEAK = 36.0
"""A frame this many dB below the loudest one counts as silence."""

LEAST_PEAK = 0.1
"""Peak level that a stream assumes until it is louder; the quietest sentence of all voices peaks at
0.14."""

LEVEL_FRAME = SAMPLE_RATE // 100
LEAD = 4 * LEVEL_FRAME
TAIL = 8 * LEVEL_FRAME
"""Samples kept around the speech: soft consonants begin and end below the threshold."""

_SILENCE = np.zeros(2 * SAMPLE_RATE, np.float32)
"""The most silence that a stream sends at once: a stalled listener keeps it in memory."""
_SILENCE.flags.writeable = False

FADE = SAMPLE_RATE // 200
"""Length of the fades at both ends, in samples."""


class Trimmer:
    """Trims the silence at both ends of speech that arrives in segments.

    40 ms before and 80 ms after the speech stay, faded over 5 ms. Silence that could be the end is
    held back until the speech goes on. Speech without any loud frame is returned as it is.
    """

    def __init__(self, peak: float = LEAST_PEAK) -> None:
        """Expect the loudest frame to have the level `peak`, as root mean square."""
        self._peak = peak
        self._speaking = False
        self._held = np.zeros(0, np.float32)
        self.cut = 0
        """Number of samples cut from the beginning."""
        self._kept = 0
        """Number of held samples that are known not to be trailing silence."""

    def feed(self, samples: Samples) -> Samples:
        """Return the samples that can be played now that `samples`, float32 (n,), arrived."""
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
        # Whole frames, so that the next ones are measured on the same grid; the fade is held back.
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
    """Trim the silence at both ends of one sentence, and leave out segments that end up empty.

    A sentence that comes in one segment is measured by its own loudest frame.
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
            # Nothing is played before the cut at the beginning is known.
            yield replace(segment, samples=samples, start=start + trimmer.cut)
            start += len(samples)


def join_segments(segments: Sequence[AudioSegment]) -> AudioSegment:
    """Return all segments of a sentence, at least one, as one."""
    samples = np.concatenate([segment.samples for segment in segments])
    known = [segment.times for segment in segments if segment.times is not None]
    times = tuple(chain.from_iterable(known)) if known else None
    return AudioSegment(samples, is_last=True, times=times)


def silence(seconds: float) -> Samples:
    """Return `seconds` of silence."""
    return np.zeros(round(seconds * SAMPLE_RATE), np.float32)


def silences(seconds: float) -> Iterator[Samples]:
    """Return `seconds` of silence in one or more parts of up to 2 s.

    They share their memory and are read-only.
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
    """Return the root mean square of each frame of 10 ms; silence fills up the last one."""
    frames = np.pad(samples, (0, -len(samples) % LEVEL_FRAME)).reshape(-1, LEVEL_FRAME)
    levels: npt.NDArray[np.float32] = np.sqrt(np.mean(np.square(frames), axis=1))
    return levels
