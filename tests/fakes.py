"""Fake engines: the seam at which tests replace the model.

`WordEngine` is the only one that implements `synthesize`; the others fill in its hooks.
"""

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from app.tts.errors import InferenceError, InputError, ReadingError
from app.tts.stop import StopSignal
from app.tts.types import (
    SAMPLE_RATE,
    AudioChunk,
    Listener,
    Samples,
    SynthesisOptions,
    TimedWord,
)


@dataclass(frozen=True)
class Request:
    """The arguments of one call of `synthesize`."""

    text: str
    options: SynthesisOptions
    listener: Listener | None
    stop: StopSignal


class WordEngine:
    """Speaks each word of a text as one chunk; subclasses decide how a word sounds."""

    def synthesize(
        self,
        text: str,
        options: SynthesisOptions,
        listener: Listener | None = None,
        stop: StopSignal | None = None,
    ) -> Iterator[AudioChunk]:
        request = Request(text, options, listener, stop or StopSignal())
        words = self.words(text)
        start = 0
        for number, word in enumerate(words, 1):
            self.before_word(word, request)
            samples = self.sound(word, start)
            end = start + len(samples)
            timed = TimedWord(word, start / SAMPLE_RATE, end / SAMPLE_RATE)
            yield AudioChunk(samples, number == len(words), (timed,) if options.timestamps else ())
            start = end

    def words(self, text: str) -> Sequence[str]:
        """Return the words of `text`, a chunk each."""
        return text.split()

    def before_word(self, word: str, request: Request) -> None:
        """Wait or fail before `word` is spoken."""

    def sound(self, word: str, start: int) -> Samples:
        """Return the sound of `word`, which begins `start` samples into the speech."""
        return np.zeros(100, np.float32)

    def warm_up(self) -> None:
        """Speak without a listener."""


class FakeEngine(WordEngine):
    """Speaks each word as 100 samples of one level, its length; some words are instructions.

    `unreadable` is text that cannot be spoken, `breakdown` an inference that fails, `bug` a failure
    whose message quotes the text and `misread` the same while the text is read, `slow` takes two
    seconds; `is_broken` makes the warm-up fail as well.
    """

    def __init__(self) -> None:
        self.is_broken = False
        self.warm_ups = 0
        self.spoken: list[tuple[str, SynthesisOptions]] = []

    def before_word(self, word: str, request: Request) -> None:
        if word == "unreadable":
            raise InputError("It cannot be spoken.", field="input")
        if word == "breakdown":
            raise InferenceError("The graph at /secret/path fell apart.")
        if word == "bug":
            raise ZeroDivisionError(f"cannot divide {request.text!r}")
        if word == "misread":
            raise ReadingError from ZeroDivisionError(f"cannot divide {request.text!r}")
        if word == "slow":
            time.sleep(2)
        self.spoken.append((word, request.options))

    def sound(self, word: str, start: int) -> Samples:
        return np.full(100, len(word) / 100, np.float32)

    def warm_up(self) -> None:
        self.warm_ups += 1
        if self.is_broken:
            raise InferenceError("Nothing works.")


class GatedEngine(FakeEngine):
    """Speaks each chunk only when the test releases `may_speak`, and records the order."""

    def __init__(self) -> None:
        super().__init__()
        self.may_speak = threading.Semaphore(0)
        self.order: list[str] = []
        self.speaking = 0
        self.most_speaking = 0
        self._lock = threading.Lock()

    def before_word(self, word: str, request: Request) -> None:
        super().before_word(word, request)
        with self._lock:
            self.order.append(request.text)
            self.speaking += 1
            self.most_speaking = max(self.most_speaking, self.speaking)
        self.may_speak.acquire()
        with self._lock:
            self.speaking -= 1


class EndlessEngine(FakeEngine):
    """Makes a chunk of the word `endless` until it is stopped; if `is_deaf`, not even then."""

    def __init__(self, is_deaf: bool = False) -> None:
        super().__init__()
        self.is_deaf = is_deaf
        self.may_end = threading.Event()

    def before_word(self, word: str, request: Request) -> None:
        super().before_word(word, request)
        while request.text.endswith("endless") and not self.may_end.wait(0.01):
            if not self.is_deaf:
                request.stop.check()
