"""The values that travel between the parts of the engine and its callers."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from app.tts.stop import StopSignal

SAMPLE_RATE = 24_000
"""Samples a second of everything Kokoro makes; always mono."""

MIN_SPEED, MAX_SPEED = 0.25, 4.0

Samples = npt.NDArray[np.float32]

Lock = AbstractContextManager[Any]


@dataclass(frozen=True)
class SynthesisOptions:
    """How one request wants to be spoken."""

    voice: str
    """A voice's id, such as `af_heart`, or the formula of a mix."""

    speed: float = 1.0
    """Rate of speech: 2.0 speaks twice as fast."""

    language: str | None = None
    """The language that the text is read as, by BCP 47 tag or letter; None for the voice's own."""

    timestamps: bool = False
    """Whether chunks tell when their words are said."""


Interval = tuple[float, float]
"""When something begins and ends, in seconds."""


@dataclass(frozen=True)
class AudioSegment:
    """A part of a sentence on its way through the engine."""

    samples: Samples
    """float32 of shape (n,)."""

    is_last: bool
    """Whether the sentence ends with it."""

    start: int = 0
    """How many samples of its run of the model lie before it, played or not."""

    durations: npt.NDArray[np.float32] | None = None
    """Frames that each token of its run lasts, (tokens + 2,), if the model tells."""

    tempo: float = 1.0
    """How many times as fast as it was spoken it is to be played; the same for all of its run."""

    times: tuple[Interval | None, ...] | None = None
    """When the words that ended since the stretch before were said, from the beginning of the
    sentence, if that was asked for; None for a word without a sound."""


@dataclass(frozen=True)
class TimedWord:
    """A word of the text and when it is said."""

    text: str
    """As it was written, with the marks that touch it."""

    start: float
    end: float
    """Seconds from the beginning of the utterance."""


@dataclass(frozen=True)
class AudioChunk:
    """A stretch of speech that follows the chunk before it without a gap."""

    samples: Samples
    """float32 of shape (n,), full scale at -1 and 1."""

    is_last: bool = False
    """Whether the utterance ends here, so that nobody has to ask for more to find out."""

    words: tuple[TimedWord, ...] = ()
    """The words that have ended by its end and were not told before, in order, where
    `SynthesisOptions.timestamps` asked for them."""

    sample_rate: int = SAMPLE_RATE

    @property
    def seconds(self) -> float:
        """Playing time in seconds."""
        return len(self.samples) / self.sample_rate


class Listener(Protocol):
    """Somebody who hears a stream while it is made."""

    @property
    def ran_dry(self) -> bool:
        """Whether the last chunk came too late to follow the one before without a gap."""

    def patience(self) -> float:
        """Seconds that the next chunk may take to be made; none before the first."""

    def sharers(self) -> float:
        """Return the number of those who share the time of one run, at least one."""


class SpeechEngine(Protocol):
    """What turns text into speech; the seam at which tests plug in a fake."""

    def synthesize(
        self,
        text: str,
        options: SynthesisOptions,
        listener: Listener | None = None,
        stop: StopSignal | None = None,
    ) -> Iterator[AudioChunk]:
        """Speak `text`, one chunk at a time, each computed when it is asked for.

        With a `listener`, chunks are as short as its patience is. Raises `Stopped` soon after
        `stop` was set.
        """

    def warm_up(self) -> None:
        """Speak a short sentence to nobody, so that the first listener does not wait for set-up."""
