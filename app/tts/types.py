"""The values that travel between the parts of the engine and its callers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

SAMPLE_RATE = 24_000
"""Samples a second of everything Kokoro makes; always mono."""

MIN_SPEED, MAX_SPEED = 0.25, 4.0

Samples = npt.NDArray[np.float32]

Lead = Callable[[], float]
"""Tells how many seconds of audio a listener has in hand."""


@dataclass(frozen=True)
class SynthesisOptions:
    """How one request wants to be spoken."""

    voice: str
    """An id of the voice pack, such as `af_heart`."""

    speed: float = 1.0
    """Rate of speech: 2.0 speaks twice as fast."""


@dataclass(frozen=True)
class Stretch:
    """A part of a sentence on its way through the engine."""

    samples: Samples
    """float32 of shape (n,)."""

    is_last: bool
    """Whether the sentence ends with it."""


@dataclass(frozen=True)
class AudioChunk:
    """A stretch of speech that follows the chunk before it without a gap."""

    samples: Samples
    """float32 of shape (n,), full scale at -1 and 1."""

    is_last: bool = False
    """Whether the utterance ends here, so that nobody has to ask for more to find out."""

    sample_rate: int = SAMPLE_RATE

    @property
    def seconds(self) -> float:
        """Playing time in seconds."""
        return len(self.samples) / self.sample_rate


class SpeechEngine(Protocol):
    """What turns text into speech; the seam at which tests plug in a fake."""

    def synthesize(
        self, text: str, options: SynthesisOptions, lead: Lead | None = None
    ) -> Iterator[AudioChunk]:
        """Speak `text`, one chunk at a time, each computed when it is asked for.

        With `lead` somebody is listening already, and chunks are as short as that needs.
        """

    def warm_up(self) -> None:
        """Speak a short sentence to nobody, so that the first listener does not wait for set-up."""
