"""Runs the engine in native threads, a chunk at a time, and lets requests take turns at it.

The web server's side of it is greenlets under gunicorn's gevent worker and plain threads in
development. `threading` is the right thing for that side in both cases, since gevent patches it;
what runs inside the engine must use `app.native.native_lock` instead.
"""

import errno
import gc
import logging
import threading
import time
from collections.abc import Callable, Iterator

from app.native import NativeThreads
from app.tts.errors import InputError, SpeechError
from app.tts.types import AudioChunk, SpeechEngine, SynthesisOptions
from app.turns import Turns

log = logging.getLogger(__name__)

LOADING, OK, BROKEN, FAILED = "loading", "ok", "inference is broken", "the model did not load"


class StageClosed(Exception):
    """There is no engine to perform with: its message says why."""


class ListenerGone(ConnectionResetError):
    """The client went away before its speech was done."""

    def __init__(self) -> None:
        super().__init__(errno.ECONNRESET, "The client went away.")


class Stage:
    """Where the one engine performs for all requests, `parallel_runs` at a time."""

    def __init__(self, load: Callable[[], SpeechEngine], *, parallel_runs: int) -> None:
        self._load = load
        self._turns = Turns(parallel_runs)
        self._native = NativeThreads(parallel_runs + 1)  # one more to load and to check
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
        *,
        request_id: str,
        listener_gone: Callable[[], bool] = lambda: False,
    ) -> "Performance":
        """Return the speech of `text`, chunk by chunk; waits while the engine is loading.

        `listener_gone` is asked before each chunk. Raises `StageClosed` when there is no engine.
        """
        self.wait_until_loaded()
        if self._engine is None:
            raise StageClosed(f"Speech is not available: {self.status}.")
        chunks = self._engine.synthesize(text, options)
        return Performance(self, chunks, listener_gone, request_id)

    def check(self) -> str:
        """Return the status; after a failure, find out in the background if it still holds."""
        with self._lock:
            recheck = self.status == BROKEN and not self._rechecking
            self._rechecking |= recheck
        if recheck:
            threading.Thread(target=self._recheck, daemon=True).start()
        return self.status

    def next_chunk(
        self, chunks: Iterator[AudioChunk], listener_gone: Callable[[], bool]
    ) -> AudioChunk | None:
        """Wait for a turn and make the next chunk in a native thread; None when all are made."""
        with self._turns.turn():
            if listener_gone():
                raise ListenerGone
            try:
                return self._native.run(lambda: next(chunks, None))
            except InputError:
                raise
            except Exception:
                # One request's failure is everybody's if the warm-up sentence fails too.
                self._warm_up()
                raise

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


class Performance:
    """The speech of one request: an iterator of chunks; closing it stops the engine's work."""

    def __init__(
        self,
        stage: Stage,
        chunks: Iterator[AudioChunk],
        listener_gone: Callable[[], bool],
        request_id: str,
    ) -> None:
        self._stage = stage
        self._chunks: Iterator[AudioChunk] | None = chunks
        self._gone = listener_gone
        self._request_id = request_id
        self._started = time.monotonic()
        self._first_after: float | None = None
        self._audio_seconds = 0.0
        self._spoke_last = False
        self._outcome = "stopped early"

    def __iter__(self) -> "Performance":
        return self

    def __next__(self) -> AudioChunk:
        if self._chunks is None:
            raise StopIteration
        try:
            # Waiting for a turn just to be told that the last chunk was the last would keep the
            # listener waiting for as long as everyone else's next chunks take.
            chunk = None if self._spoke_last else self._stage.next_chunk(self._chunks, self._gone)
        except Exception as error:
            self._outcome = f"ended with {type(error).__name__}"
            raise
        if chunk is None:
            self._outcome = "finished"
            self.close()
            raise StopIteration
        self._spoke_last = chunk.is_last
        self._audio_seconds += chunk.seconds
        if self._first_after is None:
            self._first_after = time.monotonic() - self._started
        return chunk

    def close(self) -> None:
        """Make no more chunks and log what was made; may be called more than once."""
        if self._chunks is None:
            return
        self._chunks = None
        log.info(
            "Request %s %s: %.2f s of audio in %.2f s, the first after %.2f s.",
            self._request_id,
            self._outcome,
            self._audio_seconds,
            time.monotonic() - self._started,
            self._first_after or 0.0,
        )
