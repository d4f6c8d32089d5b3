"""Fake models and listeners for the tests of app.tts."""

from collections.abc import Callable, Iterator

import numpy as np

from app.tts.model.acoustic import MODEL_FRAME
from app.tts.model.speech_model import ModelRun, StreamPacing
from app.tts.types import SAMPLE_RATE, AudioSegment, Samples

PADDING = 8
"""Model frames of silence at both ends of a run of `BeepingModel`."""

TOKEN = 6
"""Model frames that it makes of a token: 150 ms of silence for a space, else of sound."""


class FakeListener:
    """A listener with the given patience for each chunk in turn; the last one stays."""

    def __init__(self, *patience: float, ran_dry: bool = False, sharers: float = 1.0) -> None:
        self.ran_dry = ran_dry
        self._sharers = sharers
        self._patience = list(patience)

    def patience(self) -> float:
        return self._patience.pop(0) if len(self._patience) > 1 else self._patience[0]

    def sharers(self) -> float:
        return self._sharers


WAITING = FakeListener(0.0)
"""A listener who cannot wait, so that windows are as short as possible."""


class RememberingModel:
    """Speaks each run in the given windows, or whole without a listener, and remembers it."""

    provider = "nothing"

    def __init__(self, windows: Callable[[list[int]], list[Samples]]) -> None:
        self._windows = windows
        self.runs: list[list[int]] = []
        self.pacings: list[StreamPacing | None] = []

    def speak(self, run: ModelRun) -> Iterator[AudioSegment]:
        self.runs.append(run.tokens)
        self.pacings.append(run.pacing)
        windows = self._windows(run.tokens)
        if run.pacing is None:
            windows = [np.concatenate(windows)]
        for number, samples in enumerate(windows, 1):
            yield AudioSegment(samples, is_last=number == len(windows))


def in_two_windows(tokens: list[int]) -> list[Samples]:
    """Return the windows of a run of `RememberingModel` that lasts a second."""
    return [hum(0.4), hum(0.6)]


def hum(seconds: float) -> Samples:
    return np.full(round(seconds * SAMPLE_RATE), 0.3, np.float32)


class BeepingModel:
    """Hums at every token but the space, 150 ms each; streams come in windows of 350 ms."""

    provider = "nothing"
    tells_durations = True

    def __init__(self, space: int) -> None:
        self._space = space
        self.runs = 0

    def speak(self, run: ModelRun) -> Iterator[AudioSegment]:
        self.runs += 1
        levels = [0.0, *(0.0 if token == self._space else 0.3 for token in run.tokens), 0.0]
        durations = np.array([PADDING, *[TOKEN] * len(run.tokens), PADDING], np.float32)
        frames = np.repeat(np.array(levels, np.float32), durations.astype(int))
        samples = np.repeat(frames, MODEL_FRAME)
        window = len(samples) if run.pacing is None else 14 * MODEL_FRAME
        for start in range(0, len(samples), window):
            part = samples[start : start + window].copy()
            yield AudioSegment(part, start + window >= len(samples), start, durations)
