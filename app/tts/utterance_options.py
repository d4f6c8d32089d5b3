"""What the pieces of one request have in common."""

from collections.abc import Hashable
from dataclasses import dataclass

from app.tts.model.speech_model import StreamPacing
from app.tts.model.vocabulary import DroppedSymbols
from app.tts.stop import StopSignal
from app.tts.text.front_end import Span
from app.tts.voices.voice import Voice


@dataclass(frozen=True)
class UtteranceOptions:
    """How one request wants its pieces to be spoken, and what became of them."""

    voice: Voice
    speed: float
    dropped: DroppedSymbols

    pace: StreamPacing | None = None
    """How its listener is kept up with, if somebody listens meanwhile."""

    timed: bool = False
    """Whether its words are timed."""

    stop: StopSignal | None = None
    """What ends it before its time."""

    def key(self, spans: tuple[Span, ...]) -> Hashable:
        """Return what the cache knows `spans` by: their sound, whether timed or not."""
        return spans, self.voice.id, self.speed, self.pace is not None
