"""Delivery of speech to the client: whole, or streamed as it is made."""

import select
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Any, Protocol

from flask import Flask, Response, g, request

from app.scheduling.job import REFUSED, REJECTED, SpeechJob
from app.scheduling.native_threads import native_poll
from app.tts.audio.formats import AudioFormat
from app.tts.types import TimedWord
from app.web.delivery import stalls
from app.web.delivery.unsent_reply import BLOCK_BYTES, UnsentReply
from app.web.errors import ApiError, TooManyRequests
from app.web.requests import client_name
from app.web.speech_requests import SpeechInput
from app.web.state import current_state

LOOK_AHEAD_SECONDS = 5.0
"""Seconds of speech that the kernel buffers for a slow reader; no more is made until it reads."""

REPLY_BUFFER_BYTES = 256 << 10
"""Send buffer of a whole reply; by default, the kernel grows it to 4 MB a client."""

_LEFT = getattr(select, "POLLRDHUP", 0)
"""Linux's event for a peer that has closed its side, even if what it sent is not all read yet.
Other systems report POLLHUP, which need not be asked for."""


class Closeable(Protocol):
    """A resource that is released by closing it."""

    def close(self) -> None:
        """Release the resource; may be called more than once."""


def init_app(app: Flask) -> None:
    """Close what a failed request holds if its reply never reaches the web server.

    The web server closes each reply that it gets. If something fails after the view has returned,
    it gets another reply than the view's.
    """

    def close_after_failure(error: BaseException | None) -> None:
        held: list[Closeable] = g.pop("held", [])
        if error is not None:
            for each in held:
                each.close()

    app.teardown_request(close_after_failure)


def speak(
    speech: SpeechInput, audio_format: AudioFormat, *, is_streamed: bool = False
) -> SpeechJob:
    """Return a job that speaks to the client of the request in progress.

    Raises what `SpeechService.speak` raises.
    """
    environ = request.environ
    job = current_state().service.speak(
        speech.input,
        speech.options,
        audio_format.new_encoder(),
        is_streamed=is_streamed,
        listener_gone=lambda: client_gone(environ),
        key=g.get("key_name"),
    )
    _hold(job)
    return job


@dataclass(frozen=True)
class WholeSpeech:
    """The result of a job that was run to its end."""

    audio: UnsentReply
    """The reply, which the caller has to close."""

    words: list[TimedWord]


def whole(job: SpeechJob) -> WholeSpeech:
    """Run a job to its end, and close it.

    Raises what the job and `UnsentReply` raise. While there is no room for a whole reply, nothing
    is made: that raises `TooManyRequests`.
    """
    with closing(job):
        replies = current_state().unsent_replies
        audio = UnsentReply(replies, client_name())
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
    """Run a job to its end, close it, and return its words without the audio."""
    with closing(job):
        return [word for chunk in job for word in chunk.words]


def whole_response(body: Iterator[bytes] | UnsentReply, size: int) -> Response:
    """Return a response of `size` bytes to the request in progress."""
    _bound_sending(REPLY_BUFFER_BYTES, stalls.REPLY_SECONDS)
    response = Response(body)
    response.content_length = size
    return response


class StreamedSpeech:
    """The body of a streamed response; each part is sent as soon as it is made.

    The first part is made on construction, while a failure can still be answered with a status.
    A later failure is raised to the web server, which cuts the connection. This is a class and not
    a generator, because closing a generator that was never started runs none of its code.
    """

    def __init__(
        self,
        job: SpeechJob,
        parts_of: Callable[[SpeechJob], Iterator[bytes]],
        bytes_a_second: float,
    ) -> None:
        """Send the parts that `parts_of` makes of `job` to the client of the request in progress.

        `bytes_a_second` is about how many bytes a second of speech takes.
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
        # In blocks, because the web server copies what it sends.
        block, self._unsent = self._unsent[:BLOCK_BYTES], self._unsent[BLOCK_BYTES:]
        return bytes(block)

    def close(self) -> None:
        """Close the job; the web server calls this at the end and when the client went away."""
        self._job.close()


def audio_bytes(job: SpeechJob) -> Iterator[bytes]:
    """Return the bare bytes of the audio."""
    return (chunk.data for chunk in job if chunk.data)


def client_gone(environ: Mapping[str, Any]) -> bool:
    """Return whether the client of a WSGI request closed its connection, with TLS or without.

    Where the web server hands over no socket, the answer is always no.
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


def _hold(held: Closeable) -> None:
    """Have `held` closed if the request in progress fails."""
    g.setdefault("held", []).append(held)


def _bound_sending(buffer_bytes: int, stall_seconds: int) -> None:
    """Let the kernel buffer only so much for a slow client, and cut one that reads nothing for so
    long.
    """
    connection = _socket(request.environ)
    if connection is None:
        return
    stalls.limit(connection, stall_seconds)
    with suppress(OSError):  # a broken connection fails when it is written to
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, buffer_bytes)


def _socket(environ: Mapping[str, Any]) -> Any:
    """Return the client's socket, if gunicorn or Werkzeug hands it over."""
    return environ.get("gunicorn.socket") or environ.get("werkzeug.socket")
