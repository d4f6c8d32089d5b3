"""The speech of one request, from its first chunk to its last."""

import logging
import time
from collections.abc import Callable, Generator
from typing import Any

from app.scheduling.errors import Interruption, ListenerGone, ServerStopping, TimedOut
from app.scheduling.playback import PlaybackClock
from app.tts.audio.formats import EncodedChunk
from app.tts.errors import InputError
from app.tts.stop import StopSignal

log = logging.getLogger(__name__)

FINISHED = "finished"
FAILED = "failed"
REFUSED = "refused"
REJECTED = "rejected"
"""What became of a speech, beside the outcomes of those who are interrupted."""


class SpeechJob:
    """An iterator of the chunks of one request; closing it stops the engine's work."""

    def __init__(
        self,
        chunks: Generator[EncodedChunk, None, None],
        clock: PlaybackClock,
        stop: StopSignal,
        *,
        make_chunk: Callable[["SpeechJob"], EncodedChunk | None],
        on_close: Callable[["SpeechJob"], None],
        listener_gone: Callable[[], bool],
        time_limit: float,
        characters: int = 0,
        key: str | None = None,
    ) -> None:
        """Pull `chunks`, the engine's, through `make_chunk` and report the end to `on_close`.

        `time_limit` is how many seconds making all of them may take, waiting for turns included,
        but not the time that the client takes to read them. `characters` is the length of the
        text, and `key` the name of the key that the request brought.
        """
        self.chunks = chunks
        self.clock = clock
        self.stop = stop
        self.characters = characters
        self.key = key
        self.listener_gone = listener_gone
        self.outcome = ListenerGone.outcome  # the fate of what is closed before its end
        self.inference_seconds = 0.0
        """How long native threads worked on it."""

        self.first_after: float | None = None
        """Seconds from the request to its first chunk."""

        self.interruption: Interruption | None = None
        """What ends it before its time."""

        self._make_chunk = make_chunk
        self._on_close = on_close
        self._time_limit = time_limit
        self._time_spent = 0.0
        self._asked_at: float | None = None
        self._spoke_last = False
        self._closed = False

    def __iter__(self) -> "SpeechJob":
        return self

    def __next__(self) -> EncodedChunk:
        if self._closed:
            raise StopIteration
        self._asked_at = time.monotonic()
        try:
            # Waiting for a turn just to be told that the last chunk was the last would keep the
            # listener waiting for as long as everyone else's next chunks take.
            chunk = None if self._spoke_last else self._make_chunk(self)
        except Exception as error:
            self.outcome = getattr(error, "outcome", FAILED)
            if isinstance(error, InputError):
                self.outcome = REFUSED
            raise
        finally:
            self._time_spent += time.monotonic() - self._asked_at
            self._asked_at = None
        if chunk is None:
            self.outcome = FINISHED
            self.close()
            raise StopIteration
        self._spoke_last = chunk.is_last
        self.clock.add(chunk.seconds)
        if self.first_after is None:
            self.first_after = time.monotonic() - self.clock.arrived
        return chunk

    def interrupt(self, interruption: Interruption) -> None:
        """End the performance: its chunk in progress, if any, and the next one raise that."""
        self.interruption = self.interruption or interruption
        self.stop.set()

    def check(self) -> None:
        """Raise what has to end the performance, if anything has."""
        if self.interruption is None:
            if self.listener_gone():
                self.interrupt(ListenerGone())
            elif self._time_used() > self._time_limit:
                self.interrupt(TimedOut(self._time_limit))
        if self.interruption is not None:
            raise self.interruption

    def close(self) -> None:
        """Make no more chunks and log what was made; may be called more than once."""
        if self._closed:
            return
        self._closed = True
        try:
            # What interrupted it holds it until the garbage collector comes, and the encoder too.
            self.chunks.close()
        finally:
            # Since Python 3.12, a generator that is closed before it began keeps what it was given.
            del self.chunks
            self._on_close(self)
        rounded: dict[str, object] = {
            name: round(figure, 3) for name, figure in self.figures().items() if figure is not None
        }
        if self.interruption is not None:
            rounded["reason"] = self.interruption.message
        is_bad = self.outcome in (FAILED, TimedOut.outcome, ServerStopping.outcome)
        log.log(
            logging.WARNING if is_bad else logging.INFO, "Speech %s.", self.outcome, extra=rounded
        )

    def figures(self) -> dict[str, Any]:
        """Return what it took so far, all in seconds."""
        return {
            "seconds": time.monotonic() - self.clock.arrived,
            "audio_seconds": self.clock.audio_seconds,
            "inference_seconds": self.inference_seconds,
            "first_after": self.first_after,
        }

    def _time_used(self) -> float:
        since = 0.0 if self._asked_at is None else time.monotonic() - self._asked_at
        return self._time_spent + since
