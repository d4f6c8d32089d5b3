"""Runs the engine in native threads, a chunk at a time, and lets requests take turns at it.

The web server's side of it is greenlets under gunicorn's gevent worker and plain threads in
development. `threading` is the right thing for that side in both cases, since gevent patches it;
what runs inside the engine must use `app.native.native_lock` instead.
"""

import gc
import logging
import threading
import time
from collections.abc import Callable

from app.native import NativeThreads
from app.performance import Performance
from app.playback import PlaybackClock
from app.tts.encode import EncodedChunk, Encoder, encoded
from app.tts.errors import InputError, SpeechError
from app.tts.types import SpeechEngine, SynthesisOptions
from app.turns import QueueFull, Turns
from app.workload import Workload

log = logging.getLogger(__name__)

LOADING, OK, BROKEN, FAILED = "loading", "ok", "inference is broken", "the model did not load"


class StageClosed(Exception):
    """There is no engine to perform with: its message says why."""


class StageFull(Exception):
    """Too many requests wait: come back in `retry_after` seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"Too many requests are waiting: try again in {retry_after} s.")
        self.retry_after = retry_after


class Stage:
    """Where the one engine performs for all requests, by turns."""

    def __init__(self, load: Callable[[], SpeechEngine], turns: Turns) -> None:
        self._load = load
        self._turns = turns
        self._workload = Workload(turns.workers)
        # One more for who works beside the others, and one to load and to check.
        self._native = NativeThreads(turns.workers + 2)
        self._lock = threading.Lock()
        self._loaded = threading.Event()
        self._started = False
        self._rechecking = False
        self._engine: SpeechEngine | None = None
        self.status = LOADING
        """`ok` when the last inference went well; else what is the matter."""

    def __repr__(self) -> str:
        return f"<Stage {self.status!r} {self._turns!r}>"

    def start(self, on_failure: Callable[[], None] | None = None) -> None:
        """Begin to load and warm the engine in the background; once is enough.

        `on_failure` is called, after the reason was logged, when it cannot be loaded.
        """
        with self._lock:
            if self._started:
                return
            self._started = True
        threading.Thread(target=self._prepare, args=(on_failure,), daemon=True).start()

    def wait_until_loaded(self) -> None:
        """Return once the engine is loaded and warm, or could not be."""
        self._loaded.wait()

    def perform(
        self,
        text: str,
        options: SynthesisOptions,
        encoder: Encoder,
        *,
        request_id: str,
        is_streamed: bool = False,
        listener_gone: Callable[[], bool] = lambda: False,
    ) -> Performance:
        """Return the speech of `text`, encoded chunk by chunk; waits while the engine is loading.

        `is_streamed` says that somebody listens from the first chunk on; `listener_gone` is asked
        before each chunk and while waiting for it. Raises `StageClosed` when there is no engine.
        """
        self.wait_until_loaded()
        if self._engine is None:
            raise StageClosed(f"Speech is not available: {self.status}.")
        clock = PlaybackClock(is_streamed=is_streamed, sharers=self._turns.contenders)
        chunks = self._engine.synthesize(text, options, clock if is_streamed else None)
        performance = Performance(
            encoded(chunks, encoder),
            clock,
            make_chunk=self._next_chunk,
            on_close=self._end,
            listener_gone=listener_gone,
            request_id=request_id,
        )
        self._workload.begin(performance, len(text))
        return performance

    def check(self) -> str:
        """Return the status; after a failure, find out in the background if it still holds."""
        with self._lock:
            recheck = self.status == BROKEN and not self._rechecking
            self._rechecking |= recheck
        if recheck:
            threading.Thread(target=self._recheck, daemon=True).start()
        return self.status

    def _next_chunk(self, performance: Performance) -> EncodedChunk | None:
        """Wait for a turn and make the next chunk in a native thread; None when all are made.

        Raises `StageFull` instead of a first chunk when too many wait for theirs, and
        `ListenerGone`.
        """
        try:
            with self._turns.turn(performance.clock, performance.listener_gone):
                return self._make_chunk(performance)
        except QueueFull:
            raise StageFull(self._workload.seconds_until_place(performance)) from None

    def _make_chunk(self, performance: Performance) -> EncodedChunk | None:
        chunks = performance.chunks
        started = time.monotonic()
        try:
            return self._native.run(lambda: next(chunks, None))
        except InputError:
            raise
        except Exception:
            # One request's failure is everybody's if the warm-up sentence fails too.
            self._warm_up()
            raise
        finally:
            self._workload.add(performance, time.monotonic() - started)

    def _end(self, performance: Performance) -> None:
        self._workload.end(performance, is_finished=performance.outcome == "finished")

    def _prepare(self, on_failure: Callable[[], None] | None) -> None:
        started = time.monotonic()
        try:
            self._engine = self._native.run(self._load)
            self._native.run(self._engine.warm_up)
        except Exception as error:
            self._engine = None
            self.status = FAILED
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
        self.status = OK
        self._loaded.set()
        log.info("Ready to speak after %.1f s: %s.", time.monotonic() - started, self._engine)

    def _recheck(self) -> None:
        try:
            self._warm_up()
        finally:
            self._rechecking = False

    def _warm_up(self) -> None:
        assert self._engine is not None
        try:
            self._native.run(self._engine.warm_up)
        except Exception as error:
            self.status = BROKEN
            log.error("Inference is broken.", exc_info=error)
        else:
            self.status = OK
