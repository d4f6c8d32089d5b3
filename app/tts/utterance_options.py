"""The options of one utterance, and the state that changes while it is spoken."""

from collections.abc import Hashable
from dataclasses import dataclass

from app.tts.model.speech_model import StreamPacing
from app.tts.model.vocabulary import DroppedSymbols
from app.tts.stop import StopSignal
from app.tts.text.spans import Span
from app.tts.voices.voice import Voice


@dataclass(frozen=True)
class UtteranceOptions:
    """The options that all pieces of one request share."""

    voice: Voice
    speed: float = 1.0

    is_timed: bool = False
    """Whether the times of its words are told."""

    def key(self, spans: tuple[Span, ...], *, in_windows: bool) -> Hashable:
        """Return the cache's key for the sound of `spans`, decoded whole or in windows."""
        return spans, self.voice.id, self.speed, in_windows


@dataclass
class UtteranceState:
    """The part of one request that changes while it is spoken."""

    dropped: DroppedSymbols

    pacing: StreamPacing | None = None
    """Keeps up with the listener of a stream."""

    stop: StopSignal | None = None
    """Ends the utterance early."""

    def check_stop(self) -> None:
        """Raise `Stopped` if the utterance was stopped."""
        if self.stop is not None:
            self.stop.check()
