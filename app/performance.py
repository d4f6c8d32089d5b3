"""The speech of one request, from its first chunk to its last."""

import logging
import time
from collections.abc import Callable, Iterator

from app.playback import PlaybackClock
from app.tts.encode import EncodedChunk

log = logging.getLogger(__name__)


class Performance:
    """An iterator of the chunks of one request; closing it stops the engine's work."""

    def __init__(
        self,
        chunks: Iterator[EncodedChunk],
        clock: PlaybackClock,
        *,
        make_chunk: Callable[["Performance"], EncodedChunk | None],
        on_close: Callable[["Performance"], None],
        listener_gone: Callable[[], bool],
        request_id: str,
    ) -> None:
        """Pull `chunks`, the engine's, through `make_chunk` and report the end to `on_close`."""
        self.chunks = chunks
        self.clock = clock
        self.listener_gone = listener_gone
        self.outcome = "stopped early"
        self._make_chunk = make_chunk
        self._on_close = on_close
        self.request_id = request_id
        self._first_after: float | None = None
        self._spoke_last = False
        self._closed = False

    def __iter__(self) -> "Performance":
        return self

    def __next__(self) -> EncodedChunk:
        if self._closed:
            raise StopIteration
        try:
            # Waiting for a turn just to be told that the last chunk was the last would keep the
            # listener waiting for as long as everyone else's next chunks take.
            chunk = None if self._spoke_last else self._make_chunk(self)
        except Exception as error:
            self.outcome = f"ended with {type(error).__name__}"
            raise
        if chunk is None:
            self.outcome = "finished"
            self.close()
            raise StopIteration
        self._spoke_last = chunk.is_last
        self.clock.add(chunk.seconds)
        if self._first_after is None:
            self._first_after = time.monotonic() - self.clock.arrived
        return chunk

    def close(self) -> None:
        """Make no more chunks and log what was made; may be called more than once."""
        if self._closed:
            return
        self._closed = True
        self._on_close(self)
        first = "" if self._first_after is None else f", the first after {self._first_after:.2f} s"
        log.info(
            "Request %s %s: %.2f s of audio in %.2f s%s.",
            self.request_id,
            self.outcome,
            self.clock.audio_seconds,
            time.monotonic() - self.clock.arrived,
            first,
        )
