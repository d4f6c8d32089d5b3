"""Runs the engine in native threads, a chunk at a time, and lets requests take turns at it.

The web server's side of it is greenlets under gunicorn's gevent worker and plain threads in
development. `threading` is the right thing for that side in both cases, since gevent patches it;
what runs inside the engine must use `app.scheduling.native_threads.native_lock` instead.
"""

import gc
import logging
import threading
import time
from collections.abc import Callable

from app.scheduling.backlog import Backlog
from app.scheduling.errors import InferenceHung, ListenerGone, ServerStopping
from app.scheduling.health import BROKEN, FAILED, OK, Health
from app.scheduling.job import FINISHED, REJECTED, SpeechJob
from app.scheduling.native_threads import LOOK_SECONDS
from app.scheduling.playback import PlaybackClock
from app.scheduling.scheduler import QueueFull, Scheduler
from app.scheduling.watchdog import Watchdog
from app.telemetry.metrics import Metrics
from app.tts.audio.formats import EncodedChunk, Encoder, encoded
from app.tts.errors import InputError, ReadingError, SpeechError, Stopped
from app.tts.stop import StopSignal
from app.tts.types import SpeechEngine, SynthesisOptions

log = logging.getLogger(__name__)

LOADING_SECONDS = 5
"""When those may come back who cannot even wait for the engine to be loaded."""


class SpeechUnavailable(Exception):
    """There is no engine to perform with: its message says why."""


class TooManyWaiting(Exception):
    """Too many requests wait: come back in `retry_after` seconds."""

    outcome = REJECTED

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"Too many requests are waiting: try again in {retry_after} s.")
        self.retry_after = retry_after


class SpeechService:
    """Where the one engine performs for all requests, by turns."""

    def __init__(
        self,
        load: Callable[[], SpeechEngine],
        scheduler: Scheduler,
        metrics: Metrics,
        *,
        time_limit: float = 600.0,
    ) -> None:
        """Perform with what `load` returns; no request's speech may take more than `time_limit`
        seconds to be made.
        """
        self.health = Health()
        self._load = load
        self._scheduler = scheduler
        self._metrics = metrics
        self._time_limit = time_limit
        self._workload = Backlog(scheduler.workers)
        # One more for who works beside the others, and one to load and to check.
        self._supervisor = Watchdog(scheduler.workers + 2, time_limit, self.health)
        self._lock = threading.Lock()
        self._loaded = threading.Event()
        self._started = False
        self._rechecking = False
        self._early = 0  # requests that came before the engine was loaded, and wait for it
        self._engine: SpeechEngine | None = None

    def __repr__(self) -> str:
        return f"<Stage {str(self.health)!r} {self._scheduler!r}>"

    def start(
        self,
        on_failure: Callable[[], None] | None = None,
        on_hang: Callable[[], None] | None = None,
        invitation: str = "",
    ) -> None:
        """Begin to load and warm the engine in the background; once is enough.

        `on_failure` is called, after the reason was logged, when it cannot be loaded, and `on_hang`
        when a run of it hangs and cannot be stopped. `invitation` is logged when it is ready.
        """
        with self._lock:
            if self._started:
                return
            self._started = True
            self._supervisor.on_hang = on_hang
        threading.Thread(target=self._prepare, args=(on_failure, invitation), daemon=True).start()

    def wait_until_loaded(self, listener_gone: Callable[[], bool] = lambda: False) -> None:
        """Return once the engine is loaded and warm, or could not be.

        Raises `SpeechUnavailable` when that takes longer than a request may, and `ListenerGone`.
        """
        asked = time.monotonic()
        while not self._loaded.wait(LOOK_SECONDS):
            if listener_gone():
                raise ListenerGone
            if time.monotonic() - asked > self._time_limit:
                raise SpeechUnavailable(f"Speech is not available yet: {self.health}.")

    def speak(
        self,
        text: str,
        options: SynthesisOptions,
        encoder: Encoder,
        *,
        is_streamed: bool = False,
        listener_gone: Callable[[], bool] = lambda: False,
        key: str | None = None,
    ) -> SpeechJob:
        """Return the speech of `text`, encoded chunk by chunk; waits while the engine is loading.

        `is_streamed` says that somebody listens from the first chunk on; `listener_gone` is asked
        before each chunk and while waiting for it; what is spoken counts as used by the key of the
        name `key`. Raises `SpeechUnavailable` when there is no engine or
        it is broken, `TooManyWaiting` when too many wait for it already, and `ListenerGone`.
        """
        self._wait_in_line(listener_gone)
        # Failing at once, and with a 500, a broken engine would draw a proxy's requests to itself.
        if self._engine is None or self.check().engine == BROKEN:
            raise SpeechUnavailable(f"Speech is not available: {self.health}.")
        clock = PlaybackClock(is_streamed=is_streamed, sharers=self._scheduler.contenders)
        stop = StopSignal()
        chunks = self._engine.synthesize(text, options, clock if is_streamed else None, stop)
        job = SpeechJob(
            encoded(chunks, encoder),
            clock,
            stop,
            make_chunk=self._next_chunk,
            on_close=self._end,
            listener_gone=listener_gone,
            time_limit=self._time_limit,
            characters=len(text),
            key=key,
        )
        self._workload.begin(job, len(text))
        return job

    def check(self) -> Health:
        """Return the condition; after a failure, find out in the background if it still holds."""
        with self._lock:
            recheck = self.health.engine == BROKEN and not self._rechecking
            self._rechecking |= recheck
        if recheck:
            threading.Thread(target=self._recheck, daemon=True).start()
        return self.health

    def _wait_in_line(self, listener_gone: Callable[[], bool]) -> None:
        """Wait until the engine is loaded, unless more do than may wait for a turn."""
        if self._loaded.is_set():
            return
        with self._lock:
            if self._early >= self._scheduler.workers + self._scheduler.max_waiting:
                self._metrics.request_rejected("queue")
                raise TooManyWaiting(LOADING_SECONDS)
            self._early += 1
        try:
            self.wait_until_loaded(listener_gone)
        finally:
            with self._lock:
                self._early -= 1

    def _next_chunk(self, job: SpeechJob) -> EncodedChunk | None:
        """Wait for a turn and make the next chunk in a native thread; None when all are made.

        Raises `TooManyWaiting` instead of a first chunk when too many wait for theirs, and what
        interrupts the performance.
        """

        def check() -> None:
            if self.health.is_stopping:
                job.interrupt(ServerStopping())
            job.check()

        try:
            with self._scheduler.turn(job.clock, check):
                return self._make_chunk(job, check)
        except QueueFull:
            self._metrics.request_rejected("queue")
            raise TooManyWaiting(self._workload.seconds_until_place(job)) from None

    def _make_chunk(self, job: SpeechJob, check: Callable[[], None]) -> EncodedChunk | None:
        chunks = job.chunks
        started = time.monotonic()
        try:
            return self._supervisor.run(
                lambda: next(chunks, None), check, lambda: job.interrupt(InferenceHung())
            )
        except (InputError, ReadingError):
            raise
        except Stopped:
            if isinstance(job.interruption, InferenceHung):
                self._warm_up()
            check()  # says why it was stopped
            raise
        except Exception:
            # One request's failure is everybody's if the warm-up sentence fails too.
            self._warm_up()
            raise
        finally:
            seconds = time.monotonic() - started
            job.inference_seconds += seconds
            self._workload.add(job, seconds)

    def _end(self, job: SpeechJob) -> None:
        is_finished = job.outcome == FINISHED
        self._workload.end(job, is_finished=is_finished)
        self._metrics.speech_ended(job.outcome, **job.figures())
        self._metrics.key_usage.speech_ended(
            job.key,
            job.characters,
            job.clock.audio_seconds,
            is_finished=is_finished,
        )

    def _prepare(self, on_failure: Callable[[], None] | None, invitation: str) -> None:
        log.info("Loading the model.")
        started = time.monotonic()
        try:
            self._engine = self._supervisor.run_for_as_long_as_it_takes(self._load)
            self._supervisor.run_for_as_long_as_it_takes(self._engine.warm_up)
        except Exception as error:
            self._engine = None
            self.health.engine = FAILED
            if isinstance(error, SpeechError):
                log.critical("%s", error)
            else:
                log.critical("The engine could not be loaded.", exc_info=error)
            self._loaded.set()
            if on_failure:
                on_failure()
            return
        # What is loaded stays: a full collection would walk the dictionaries' hundred thousand
        # objects each time, and hold up the whole process meanwhile (bench/health.py).
        gc.collect()
        gc.freeze()
        self.health.engine = OK
        self._loaded.set()
        log.info("Loaded in %.1f s: %s.", time.monotonic() - started, self._engine)
        log.info("%s", f"Ready to speak. {invitation}".rstrip())

    def _recheck(self) -> None:
        try:
            self._warm_up()
        finally:
            self._rechecking = False

    def _warm_up(self) -> None:
        assert self._engine is not None
        try:
            self._supervisor.run(self._engine.warm_up)
        except Exception as error:
            self.health.engine = BROKEN
            log.error("Inference is broken.", exc_info=error)
        else:
            self.health.engine = OK
