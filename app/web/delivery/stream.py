"""Speech on its way to the client's socket."""

import select
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Any, Protocol

from flask import Flask, Response, current_app, g, request

from app.scheduling.job import REFUSED, REJECTED, SpeechJob
from app.scheduling.native_threads import native_poll
from app.scheduling.service import SpeechService
from app.tts.audio.formats import AudioFormat
from app.tts.types import TimedWord
from app.web.delivery import stalls
from app.web.delivery.unsent import BLOCK_BYTES, UnsentReplies, UnsentReply
from app.web.errors import ApiError, TooManyRequests
from app.web.hooks.rate_limit import client_name
from app.web.speech_requests import SpokenText

LOOK_AHEAD_SECONDS = 5.0
"""Speech that the kernel holds for a slow reader before no more is made."""

REPLY_BUFFER_BYTES = 256 << 10
"""Send buffer of a whole reply; left to itself, the kernel takes up to 4 MB a client."""

_LEFT = getattr(select, "POLLRDHUP", 0)
"""Linux's event of a peer that sends no more, even if nobody has read yet what it sent before;
other systems tell of it as POLLHUP, which need not be asked for."""


class Closeable(Protocol):
    """A resource that is released by closing it."""

    def close(self) -> None:
        """Release it; may be called more than once."""


def init_app(app: Flask) -> None:
    """Close what a request holds when it fails before its reply is handed to the web server.

    The web server closes replies, but is never given the one of a view if something fails after
    that.
    """

    def close_after_failure(error: BaseException | None) -> None:
        held: list[Closeable] = g.pop("held", [])
        if error is not None:
            for each in held:
                each.close()

    app.teardown_request(close_after_failure)


def speak(spoken: SpokenText, audio_format: AudioFormat, *, is_streamed: bool = False) -> SpeechJob:
    """Begin to speak for the client of the request in progress.

    Raises as `SpeechService.speak` does.
    """
    service: SpeechService = current_app.extensions["service"]
    environ = request.environ
    job = service.speak(
        spoken.input,
        spoken.options,
        audio_format.new_encoder(),
        is_streamed=is_streamed,
        listener_gone=lambda: client_gone(environ),
        key=g.get("key_name"),
    )
    _hold(job)
    return job


@dataclass(frozen=True)
class WholeSpeech:
    """All of a performance at once."""

    audio: UnsentReply
    """To be closed."""

    words: list[TimedWord]


def whole(job: SpeechJob) -> WholeSpeech:
    """Perform to the end; raises whatever goes wrong on the way, and what `UnsentReply` raises.

    Nothing is made while there is no room for a whole reply: that is `TooManyRequests`.
    """
    with closing(job):
        replies = _unsent_replies()
        audio = replies.begin(client_name())
        _hold(audio)
        words: list[TimedWord] = []
        header = b""
        try:
            replies.require_room()
            for chunk in job:
                audio.write(chunk.data)
                words += chunk.words
                header = chunk.header
            audio.replace_start(header)
        except BaseException as error:
            audio.close()
            if isinstance(error, ApiError):
                job.close(REJECTED if isinstance(error, TooManyRequests) else REFUSED)
            raise
    return WholeSpeech(audio, words)


def words_alone(job: SpeechJob) -> list[TimedWord]:
    """Perform to the end, as `whole` does, for the sake of the words."""
    with closing(job):
        return [word for chunk in job for word in chunk.words]


def whole_response(body: Iterator[bytes] | UnsentReply, size: int) -> Response:
    """Return the response of a whole reply of `size` bytes to the request in progress."""
    _bound_sending(REPLY_BUFFER_BYTES, stalls.REPLY_SECONDS)
    response = Response(body)
    response.content_length = size
    return response


class StreamedSpeech:
    """The body of a streamed response, each part as soon as it is made.

    The first part is made on construction, while a failure can still be answered with a status.
    A later failure is raised to the web server, which cuts the connection. A class and not a
    generator, because closing a generator that was never started runs none of its code.
    """

    def __init__(
        self,
        job: SpeechJob,
        parts_of: Callable[[SpeechJob], Iterator[bytes]],
        bytes_a_second: float,
    ) -> None:
        """Send what `parts_of` makes of `job` to the client of the request in progress.

        They are about `bytes_a_second` of speech.
        """
        self._job = job
        try:
            _bound_sending(round(LOOK_AHEAD_SECONDS * bytes_a_second), stalls.STREAM_SECONDS)
            self._parts = parts_of(job)
            self._unsent = memoryview(next(self._parts))
        except BaseException:
            job.close()
            raise

    def __iter__(self) -> "StreamedSpeech":
        return self

    def __next__(self) -> bytes:
        if not self._unsent:
            self._unsent = memoryview(next(self._parts))
        # In blocks, because the web server makes a copy of what it sends.
        block, self._unsent = self._unsent[:BLOCK_BYTES], self._unsent[BLOCK_BYTES:]
        return bytes(block)

    def close(self) -> None:
        """Stop the work; the web server calls this at the end and when the client went away."""
        self._job.close()


def audio_bytes(job: SpeechJob) -> Iterator[bytes]:
    """Return the bytes of the audio format, nothing around them."""
    return (chunk.data for chunk in job if chunk.data)


def client_gone(environ: Mapping[str, Any]) -> bool:
    """Whether the client of a WSGI request closed its connection, be it with TLS or without.

    Without a socket to look at, the answer is no until a write fails.
    """
    connection = _socket(environ)
    if connection is None:
        return False
    poll = native_poll()
    try:
        poll.register(connection, _LEFT)
    except ValueError:  # closed on our side
        return True
    return bool(poll.poll(0))


def _unsent_replies() -> UnsentReplies:
    replies: UnsentReplies = current_app.extensions["unsent_replies"]
    return replies


def _hold(held: Closeable) -> None:
    """Note what the request in progress has to close if it fails."""
    g.setdefault("held", []).append(held)


def _bound_sending(buffer_bytes: int, stall_seconds: int) -> None:
    """Let the kernel take only so much off us at once for a client that reads slowly, and cut one
    that reads nothing for so long.
    """
    connection = _socket(request.environ)
    if connection is None:
        return
    stalls.limit(connection, stall_seconds)
    with suppress(OSError):  # what is wrong with a connection is seen when it is written to
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, buffer_bytes)


def _socket(environ: Mapping[str, Any]) -> Any:
    """Return the socket that gunicorn and Werkzeug hand over, if there is one."""
    return environ.get("gunicorn.socket") or environ.get("werkzeug.socket")
