"""Values that travel between the parts of the engine and its callers."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from app.tts.stop import StopSignal

SAMPLE_RATE = 24_000
"""Samples per second of all audio, which is mono."""

MIN_SPEED, MAX_SPEED = 0.25, 4.0

Samples = npt.NDArray[np.float32]

Lock = AbstractContextManager[Any]


@dataclass(frozen=True)
class SynthesisOptions:
    """The options of one request."""

    voice: str
    """A voice's id, such as `af_heart`, or the formula of a mix."""

    speed: float = 1.0
    """Rate of speech: 2.0 speaks twice as fast."""

    language: str | None = None
    """Language of the text, as a BCP 47 tag or letter; None for the voice's own."""

    timestamps: bool = False
    """Whether chunks carry the times of their words."""


Interval = tuple[float, float]
"""Beginning and end in seconds."""


@dataclass(frozen=True)
class AudioSegment:
    """The audio of a sentence, or of a part of one, on its way through the engine."""

    samples: Samples
    """float32 of shape (n,)."""

    is_last: bool
    """Whether the sentence ends with it."""

    start: int = 0
    """Number of samples before it in its run of the model, played or not."""

    durations: npt.NDArray[np.float32] | None = None
    """Model frames that each token of its run lasts, (tokens + 2,), if the model tells."""

    tempo: float = 1.0
    """Factor by which to play it faster than it was spoken; the same throughout its run."""

    times: tuple[Interval | None, ...] | None = None
    """Times of the words that ended since the last segment, from the beginning of the sentence, if
    they were asked for; None for a word without sound."""


@dataclass(frozen=True)
class TimedWord:
    """A word of the text and the time when it is said."""

    text: str
    """The word as it was written, with the marks that touch it."""

    start: float
    end: float
    """Seconds from the beginning of the utterance."""


@dataclass(frozen=True)
class AudioChunk:
    """A part of an utterance, which follows the chunk before it without a gap."""

    samples: Samples
    """float32 of shape (n,), full scale at -1 and 1."""

    is_last: bool = False
    """Whether the utterance ends here, so that callers need not ask for another to find out."""

    words: tuple[TimedWord, ...] = ()
    """The words that have ended by its end and did not come with an earlier chunk, in order, if
    `SynthesisOptions.timestamps` asked for them."""

    sample_rate: int = SAMPLE_RATE

    @property
    def seconds(self) -> float:
        """Playing time in seconds."""
        return len(self.samples) / self.sample_rate


class Listener(Protocol):
    """A listener who hears a stream while it is made."""

    @property
    def ran_dry(self) -> bool:
        """Whether the last chunk came too late to follow the one before without a gap."""

    def patience(self) -> float:
        """Return the seconds that the next chunk may take to make; zero before the first."""

    def sharers(self) -> float:
        """Return the number of listeners who share the time of one run, at least one."""


class SpeechEngine(Protocol):
    """Turns text into speech; tests put a fake in its place."""

    def synthesize(
        self,
        text: str,
        options: SynthesisOptions,
        listener: Listener | None = None,
        stop: StopSignal | None = None,
    ) -> Iterator[AudioChunk]:
        """Speak `text`, one chunk at a time, each computed when it is asked for.

        With a `listener`, chunks are as short as its patience demands. Raises `Stopped` soon after
        `stop` is set.
        """

    def warm_up(self) -> None:
        """Speak a short sentence unheard, so that the first listener need not wait for set-up."""
