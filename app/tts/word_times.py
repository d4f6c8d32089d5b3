"""Finds the times of words, from the durations of the model's tokens and from the audio.

The durations of tokens say where to look. The model stretches the last sounds of a word through the
pause after it, by up to half a second, and begins a word some 40 ms before its first token. So the
edges beside a pause are taken from the audio: the silence nearest to the marks between the words.
"""

import math
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from app.tts.audio.trimming import LEAST_PEAK, LEVEL_FRAME, SILENCE_BELOW_PEAK, frame_levels
from app.tts.model.acoustic import MODEL_FRAME
from app.tts.phonemes.words import Bounds
from app.tts.text.written_words import Source
from app.tts.types import SAMPLE_RATE, AudioSegment, Interval, Samples, TimedWord

LEAST_PAUSE = 3 * LEVEL_FRAME
"""Shortest silence in samples that counts as a pause between words; that in a `t` is shorter."""

EARLY = SAMPLE_RATE // 25
"""A word begins to sound this many samples before its first token: 40 ms, the mean of 12 voices in
6 languages."""

REACH = SAMPLE_RATE // 12
"""The pause between two words may end this many samples before the marks between them."""


class WrittenTimes:
    """Combines the times of spoken words into those of the written words behind them."""

    def __init__(self) -> None:
        self._sources: Iterator[Source] = iter(())
        self._played = 0
        self._offset = 0.0
        self._start: float | None = None
        self._end = 0.0

    def begin(self, sources: Iterable[Source]) -> None:
        """Begin a piece whose words come from `sources`."""
        self._sources = iter(sources)
        self._offset = self._played / SAMPLE_RATE

    def feed(self, times: Iterable[Interval | None], samples: int) -> tuple[TimedWord, ...]:
        """Return the written words that end within the next spoken words of the piece, at `times`.

        `samples` is the length of their audio. A word without sound is left out.
        """
        self._played += samples
        return tuple(self._words(times))

    def _words(self, times: Iterable[Interval | None]) -> Iterator[TimedWord]:
        for time, source in zip(times, self._sources, strict=False):
            if source.is_first:
                self._start = None
            if time is not None:
                self._start = self._offset + time[0] if self._start is None else self._start
                self._end = self._offset + time[1]
            if source.is_last and self._start is not None:
                yield TimedWord(source.text, self._start, self._end)


class WordClock:
    """Finds the times of a piece's words, run by run."""

    def __init__(self, words: Sequence[Bounds]) -> None:
        """Take the words of the piece, by their bounds among its tokens."""
        self._words = deque(words)
        self._tokens = self._played = 0

    def timed(self, segments: Iterable[AudioSegment], tokens: int) -> Iterator[AudioSegment]:
        """Return the trimmed segments of the next run with the times of the words that ended.

        The run has so many `tokens`. No time lies beyond the end of its segment.
        """
        first, self._tokens = self._tokens, self._tokens + tokens
        words = []
        while self._words and self._words[0][1] <= self._tokens:
            start, end = self._words.popleft()
            words.append((max(0, start - first), max(0, end - first)))
        run: _Run | None = None
        for segment in segments:
            run = run or _Run(segment, words, self._played / SAMPLE_RATE)
            self._played += len(segment.samples)
            yield replace(segment, times=tuple(run.feed(segment)))


class _Run:
    """The audio of one run so far, and which of its words have ended."""

    def __init__(self, first: AudioSegment, words: Sequence[Bounds], offset: float) -> None:
        assert first.durations is not None
        edges = np.cumsum(first.durations, dtype=float) * MODEL_FRAME - first.start
        # The edges of the gaps between words; the first token is padding.
        starts = [-np.inf, *(edges[end] for _, end in words)]
        ends = [*(edges[start] for start, _ in words), np.inf]
        self._gaps = list(zip(starts, ends, strict=True))
        self._is_said = [start < end for start, end in words]
        self._offset = offset
        self._number = 0
        self._ended = 0
        self._samples = np.zeros(0, np.float32)

    def feed(self, segment: AudioSegment) -> Iterator[Interval | None]:
        """Return the times of the words that are known to have ended now that `segment` came."""
        self._samples = np.concatenate([self._samples, segment.samples])
        pauses = _pauses(self._samples, 0 if segment.is_last else LEAST_PEAK)
        heard = math.inf if segment.is_last else len(self._samples)
        for is_said in self._is_said[self._number :]:
            begins, goes_on = self._gaps[self._number + 1]
            after = self._edges(self._number + 1, pauses)
            is_pausing = after in pauses and after[1] >= begins
            if goes_on > heard and not is_pausing:
                break
            start = max(self._ended, self._edges(self._number, pauses)[1])
            # The tokens may lie before the sound, or in a pause; the word is said all the same.
            end = min(max(start + MODEL_FRAME, after[0]), len(self._samples))
            start = max(self._ended, min(start, end - MODEL_FRAME))
            self._number += 1
            if is_said:
                self._ended = end
                yield self._offset + start / SAMPLE_RATE, self._offset + end / SAMPLE_RATE
            else:
                yield None

    def _edges(self, number: int, pauses: Sequence[Bounds]) -> Bounds:
        """Return the end of the word before a gap and the beginning of the next, in samples."""
        start, end = self._gaps[number]
        length = len(self._samples)
        if end == np.inf:
            is_faded = pauses and pauses[-1][1] == length
            return pauses[-1] if is_faded else (length, length)

        # Neither the pause before the word that ends here nor most of a short word is its end.
        word = max(0.0, self._gaps[number - 1][1]) if number else 0.0

        def shared(pause: Bounds) -> float:
            return float(min(pause[1], end) - max(pause[0], start - REACH, word))

        best = max(pauses, key=shared, default=(0, 0))
        if shared(best) > 0:
            return best
        if not number:
            return 0, 0
        middle = (start + end) / 2
        edge = round(middle - min(EARLY, (middle - word) / 2))
        return (min(max(0, edge), length),) * 2


def _pauses(samples: Samples, least_peak: float) -> list[Bounds]:
    """Return the bounds of silences in samples."""
    levels = frame_levels(samples)
    peak = max(least_peak, float(levels.max(initial=0)))
    silent = levels <= peak * 10 ** (-SILENCE_BELOW_PEAK / 20)
    changes = np.flatnonzero(np.diff(silent, prepend=False, append=False)) * LEVEL_FRAME
    spans = zip(changes[::2].tolist(), changes[1::2].tolist(), strict=True)
    return [(start, min(end, len(samples))) for start, end in spans if end - start >= LEAST_PAUSE]
