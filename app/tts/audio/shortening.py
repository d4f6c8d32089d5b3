"""Shortens the runs of a piece to their tempo, and adjusts the times of their words."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from app.tts.audio.time_scale import TimeScaler
from app.tts.types import SAMPLE_RATE, AudioSegment, Interval, Samples

_HALF_SAMPLE = 0.5 / SAMPLE_RATE


class Shortener:
    """Shortens a piece, one run of the model after the other."""

    def __init__(self) -> None:
        self._arrived = self._made = 0

    def shortened(self, segments: Iterable[AudioSegment]) -> Iterator[AudioSegment]:
        """Shorten the segments of the next run to their tempo, and leave out any that end up empty.

        The times of a word still come with the segment in which it ends.
        """
        run: _Run | None = None
        for segment in segments:
            run = run or _Run(segment.tempo, self._arrived, self._made)
            samples = run.play(segment)
            self._arrived += len(segment.samples)
            self._made += len(samples)
            if samples.size or segment.is_last:
                times = run.ended(self._made, is_last=segment.is_last)
                is_timed = segment.times is not None
                yield replace(segment, samples=samples, times=times if is_timed else None)


class _Run:
    """One run of the model, after `arrived` samples of its piece, which became `made`."""

    def __init__(self, tempo: float, arrived: int, made: int) -> None:
        self._tempo = tempo
        self._scaler = None if tempo == 1 else TimeScaler(tempo)
        self._arrived = arrived / SAMPLE_RATE
        self._made = made / SAMPLE_RATE
        self._times: deque[Interval | None] = deque()

    def play(self, segment: AudioSegment) -> Samples:
        """Return the samples that can be played now that `segment` came."""
        for time in segment.times or ():
            self._times.append(time and (self._moved(time[0]), self._moved(time[1])))
        if self._scaler is None:
            return segment.samples
        samples = self._scaler.feed(segment.samples)
        return np.concatenate([samples, self._scaler.finish()]) if segment.is_last else samples

    def ended(self, made: int, *, is_last: bool) -> tuple[Interval | None, ...]:
        """Return the times of further words that end within `made` samples."""
        heard = made / SAMPLE_RATE
        told: list[Interval | None] = []
        while self._times:
            time = self._times[0]
            if time is not None:
                if time[1] > heard + _HALF_SAMPLE and not is_last:
                    break
                time = time[0], min(time[1], heard)  # rounding may make it a sample late
            told.append(time)
            self._times.popleft()
        return tuple(told)

    def _moved(self, seconds: float) -> float:
        return self._made + (seconds - self._arrived) / self._tempo
