"""The speech of one request, made chunk by chunk."""

import logging
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

from app.scheduling.errors import (
    InferenceHung,
    Interruption,
    ListenerGone,
    QueueFull,
    SchedulingError,
    ServerStopping,
    TimedOut,
)
from app.scheduling.health import Health
from app.scheduling.playback import PlaybackClock
from app.scheduling.scheduler import Scheduler
from app.scheduling.watchdog import Watchdog
from app.telemetry.metrics import Metrics
from app.tts.audio.formats import EncodedChunk
from app.tts.errors import InputError, ReadingError, Stopped
from app.tts.stop import StopSignal

log = logging.getLogger(__name__)

FINISHED = "finished"
REFUSED = "refused"
REJECTED = QueueFull.outcome
FAILED = SchedulingError.outcome
"""Outcomes of speech that was not interrupted: each `Interruption` has an outcome of its own."""


@dataclass(frozen=True)
class JobContext:
    """The parts that all jobs of one engine share."""

    scheduler: Scheduler
    watchdog: Watchdog
    metrics: Metrics
    health: Health

    check_engine: Callable[[], None]
    """Find out, after a failure, whether the engine still works."""

    time_limit: float
    """Seconds that making all chunks of a request may take, waiting for turns included, but not the
    time that the client takes to read them."""


class SpeechJob:
    """An iterator of a request's chunks, each made in a turn of its own; closing it stops the work.

    It belongs to the greenlet or thread that iterates and closes it, and so needs no lock. A native
    thread works on the engine's chunks, and only while `__next__` waits for it.
    """

    def __init__(
        self,
        chunks: Generator[EncodedChunk, None, None],
        clock: PlaybackClock,
        stop: StopSignal,
        context: JobContext,
        *,
        listener_gone: Callable[[], bool],
        characters: int = 0,
        key: str | None = None,
    ) -> None:
        """Pull `chunks`, the engine's, in turns by the deadlines of `clock`; `stop` ends them.

        `listener_gone` is asked before each chunk and while waiting for it. `characters` is the
        length of the text, and `key` the name of the key that the request brought.
        """
        self.clock = clock
        self.outcome = ListenerGone.outcome  # of a job that is closed before its end
        self.inference_seconds = 0.0
        """Seconds that native threads worked on it."""

        self.first_after: float | None = None
        """Seconds from the request to its first chunk."""

        self.interruption: Interruption | None = None
        """The reason why it ends early, if it does."""

        self._chunks = chunks
        self._stop = stop
        self._context = context
        self._listener_gone = listener_gone
        self._characters = characters
        self._key = key
        self._time_spent = 0.0
        self._asked_at: float | None = None
        self._has_last = False
        self._closed = False
        context.scheduler.backlog.begin(clock, characters)

    def __iter__(self) -> "SpeechJob":
        return self

    def __next__(self) -> EncodedChunk:
        """Wait for a turn and make the next chunk in a native thread.

        Raises the `Interruption` that ends the job early, `QueueFull` instead of a first chunk when
        too many requests wait for theirs, and what the engine raises.
        """
        if self._closed:
            raise StopIteration
        self._asked_at = time.monotonic()
        try:
            # Waiting for a turn only to learn that there are no more chunks would keep the client
            # waiting for as long as everybody else's next chunks take.
            chunk = None if self._has_last else self._make_chunk()
        except Exception as error:
            self._note_failure(error)
            raise
        finally:
            self._time_spent += time.monotonic() - self._asked_at
            self._asked_at = None
        if chunk is None:
            self.close(FINISHED)
            raise StopIteration
        self._has_last = chunk.is_last
        self.clock.add(chunk.seconds)
        if self.first_after is None:
            self.first_after = time.monotonic() - self.clock.arrived
        return chunk

    def close(self, outcome: str | None = None) -> None:
        """Make no more chunks, and log and count what was made; may be called more than once.

        `outcome` tells how the speech ended if iterating it did not.
        """
        if self._closed:
            return
        self._closed = True
        self.outcome = outcome or self.outcome
        try:
            # An interruption holds the frames it passed through, and so this job and its encoder,
            # until the garbage collector comes.
            self._chunks.close()
        finally:
            # Since Python 3.12, a generator that is closed before it began keeps what it was given.
            del self._chunks
            self._count()
        self._log()

    def figures(self) -> dict[str, Any]:
        """Return the times it has taken so far, all in seconds."""
        return {
            "seconds": time.monotonic() - self.clock.arrived,
            "audio_seconds": self.clock.audio_seconds,
            "inference_seconds": self.inference_seconds,
            "first_after": self.first_after,
        }

    def _make_chunk(self) -> EncodedChunk | None:
        """Return the next chunk, or None after the last one."""
        context = self._context
        with context.scheduler.turn(self.clock, on_wait=self._raise_if_interrupted):
            started = time.monotonic()
            try:
                return context.watchdog.run(
                    lambda: next(self._chunks, None),
                    on_wait=self._watch,
                    stop=lambda: self._interrupt(InferenceHung()),
                )
            except (InputError, ReadingError):
                raise
            except Stopped:
                if isinstance(self.interruption, InferenceHung):
                    context.check_engine()
                self._raise_if_interrupted()
                raise
            except Exception:
                # The engine's failure, and not only this request's, if the check fails too.
                context.check_engine()
                raise
            finally:
                seconds = time.monotonic() - started
                self.inference_seconds += seconds
                context.scheduler.backlog.add(self.clock, seconds)

    def _watch(self) -> None:
        """Interrupt the job if something has to end it, raising nothing: a run may be going on."""
        if self.interruption is not None:
            return
        used = self._time_spent
        if self._asked_at is not None:
            used += time.monotonic() - self._asked_at
        if self._context.health.is_stopping:
            self._interrupt(ServerStopping())
        elif self._listener_gone():
            self._interrupt(ListenerGone())
        elif used > self._context.time_limit:
            self._interrupt(TimedOut(self._context.time_limit))

    def _raise_if_interrupted(self) -> None:
        self._watch()
        if self.interruption is not None:
            raise self.interruption

    def _interrupt(self, interruption: Interruption) -> None:
        """Let the engine stop soon; the first reason is the one that counts."""
        self.interruption = self.interruption or interruption
        self._stop.set()

    def _note_failure(self, error: Exception) -> None:
        if isinstance(error, QueueFull):
            self._context.metrics.request_rejected("queue")
        if isinstance(error, SchedulingError):
            self.outcome = error.outcome
        else:
            self.outcome = REFUSED if isinstance(error, InputError) else FAILED

    def _count(self) -> None:
        is_finished = self.outcome == FINISHED
        self._context.scheduler.backlog.end(self.clock, is_finished=is_finished)
        metrics = self._context.metrics
        metrics.speech_ended(self.outcome, **self.figures())
        metrics.key_usage.speech_ended(
            self._key, self._characters, self.clock.audio_seconds, is_finished=is_finished
        )

    def _log(self) -> None:
        rounded: dict[str, object] = {
            name: round(figure, 3) for name, figure in self.figures().items() if figure is not None
        }
        if self.interruption is not None:
            rounded["reason"] = self.interruption.message
        is_bad = self.outcome in (FAILED, TimedOut.outcome, ServerStopping.outcome)
        log.log(
            logging.WARNING if is_bad else logging.INFO, "Speech %s.", self.outcome, extra=rounded
        )
