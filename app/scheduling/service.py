"""The service that gives each request its speech, made by one engine for all of them."""

import gc
import logging
import threading
import time
from collections.abc import Callable

from app.scheduling.errors import ListenerGone, QueueFull, SpeechUnavailable
from app.scheduling.health import BROKEN, FAILED, OK, Health
from app.scheduling.job import JobContext, SpeechJob
from app.scheduling.native_threads import POLL_SECONDS
from app.scheduling.playback import PlaybackClock
from app.scheduling.scheduler import Scheduler
from app.scheduling.watchdog import Watchdog
from app.telemetry.metrics import Metrics
from app.tts.audio.formats import Encoder, encoded
from app.tts.errors import SpeechError
from app.tts.stop import StopSignal
from app.tts.types import SpeechEngine, SynthesisOptions

log = logging.getLogger(__name__)

LOADING_SECONDS = 5
"""Retry-After of requests that find too many waiting for the engine to be loaded."""


class SpeechService:
    """One engine for all requests: its loading, their admission, and its health.

    Greenlets of the web server share it, or plain threads. They change `_started`, `_rechecking`
    and `_awaiting_load` under `_lock`; `_engine` is set before `_loaded` is.
    """

    def __init__(
        self,
        load: Callable[[], SpeechEngine],
        scheduler: Scheduler,
        metrics: Metrics,
        *,
        time_limit: float = 600.0,
    ) -> None:
        """Use the engine that `load` returns.

        Making the speech of one request may take `time_limit` seconds, and so may its wait for the
        engine to be loaded.
        """
        self.health = Health()
        self.scheduler = scheduler
        self._load = load
        self._metrics = metrics
        self._time_limit = time_limit
        # One thread more for the request that works beside the others, and one to load and check.
        self._watchdog = Watchdog(scheduler.workers + 2, time_limit, self.health)
        self._context = JobContext(
            scheduler=scheduler,
            watchdog=self._watchdog,
            metrics=metrics,
            health=self.health,
            check_engine=self._warm_up,
            time_limit=time_limit,
        )
        self._lock = threading.Lock()
        self._loaded = threading.Event()
        self._started = False
        self._rechecking = False
        self._awaiting_load = 0
        self._engine: SpeechEngine | None = None

    def __repr__(self) -> str:
        return f"<SpeechService {str(self.health)!r} {self.scheduler!r}>"

    def start(
        self,
        on_failure: Callable[[], None] | None = None,
        on_hang: Callable[[], None] | None = None,
        invitation: str = "",
    ) -> None:
        """Begin to load and warm up the engine in the background; only the first call counts.

        `on_failure` is called when it cannot be loaded, after the reason was logged, and `on_hang`
        when a run of it hangs and cannot be stopped. `invitation` is logged when it is ready.
        """
        with self._lock:
            if self._started:
                return
            self._started = True
        self._watchdog.on_hang = on_hang
        threading.Thread(target=self._prepare, args=(on_failure, invitation), daemon=True).start()

    def wait_until_loaded(self, listener_gone: Callable[[], bool] = lambda: False) -> None:
        """Return once the engine is loaded and warm, or has failed to load.

        Raises `SpeechUnavailable` when that takes longer than a request may, and `ListenerGone`.
        """
        asked = time.monotonic()
        while not self._loaded.wait(POLL_SECONDS):
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
        """Return the job that speaks `text`, encoded chunk by chunk; waits for the engine to load.

        `is_streamed` says that somebody listens from the first chunk on. `listener_gone` is asked
        while waiting and before each chunk. The speech counts as used by the key named `key`.

        Raises `SpeechUnavailable` when there is no engine or it is broken, `QueueFull` when too
        many requests wait for it to be loaded, and `ListenerGone`.
        """
        self._admit(listener_gone)
        # A server that fails each request at once, with a 500, would draw a proxy's requests to it.
        if self._engine is None or self.check().engine == BROKEN:
            raise SpeechUnavailable(f"Speech is not available: {self.health}.")
        clock = PlaybackClock(is_streamed=is_streamed, sharers=self.scheduler.contenders)
        stop = StopSignal()
        chunks = self._engine.synthesize(text, options, clock if is_streamed else None, stop)
        return SpeechJob(
            encoded(chunks, encoder),
            clock,
            stop,
            self._context,
            listener_gone=listener_gone,
            characters=len(text),
            key=key,
        )

    def check(self) -> Health:
        """Return the health; if the engine is broken, check in the background if it still is.

        `health` alone starts no check, so that signal handlers may read it.
        """
        with self._lock:
            recheck = self.health.engine == BROKEN and not self._rechecking
            self._rechecking |= recheck
        if recheck:
            threading.Thread(target=self._recheck, daemon=True).start()
        return self.health

    def _admit(self, listener_gone: Callable[[], bool]) -> None:
        """Wait until the engine is loaded; raises `QueueFull` if too many wait for that already."""
        if self._loaded.is_set():
            return
        with self._lock:
            if self._awaiting_load >= self.scheduler.workers + self.scheduler.max_waiting:
                self._metrics.request_rejected("queue")
                raise QueueFull(LOADING_SECONDS)
            self._awaiting_load += 1
        try:
            self.wait_until_loaded(listener_gone)
        finally:
            with self._lock:
                self._awaiting_load -= 1

    def _prepare(self, on_failure: Callable[[], None] | None, invitation: str) -> None:
        log.info("Loading the model.")
        started = time.monotonic()
        try:
            self._engine = self._watchdog.run_unwatched(self._load)
            self._watchdog.run_unwatched(self._engine.warm_up)
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
        # The engine stays for good: a full collection would walk the dictionaries' hundred thousand
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
            with self._lock:
                self._rechecking = False

    def _warm_up(self) -> None:
        """Speak a short sentence to find out whether the engine works."""
        assert self._engine is not None
        try:
            self._watchdog.run(self._engine.warm_up)
        except Exception as error:
            self.health.engine = BROKEN
            log.error("Inference is broken.", exc_info=error)
        else:
            self.health.engine = OK
