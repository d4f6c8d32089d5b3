"""Speech on its way to the client's socket."""

import socket
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from flask import current_app, g, request

from app.performance import Performance
from app.schemas import SpokenText
from app.stage import Stage
from app.tts.encode import AudioFormat, joined
from app.tts.types import TimedWord

LOOK_AHEAD_SECONDS = 5.0
"""Speech that the kernel holds for a slow reader before no more is made."""


def perform(
    spoken: SpokenText, audio_format: AudioFormat, *, is_streamed: bool = False
) -> Performance:
    """Begin to speak for the client of the request in progress.

    Raises as `Stage.perform` does.
    """
    stage: Stage = current_app.extensions["stage"]
    environ = request.environ
    return stage.perform(
        spoken.input,
        spoken.options,
        audio_format.new_encoder(),
        is_streamed=is_streamed,
        listener_gone=lambda: client_gone(environ),
        key=g.get("key_name"),
    )


@dataclass(frozen=True)
class WholeSpeech:
    """All of a performance at once."""

    audio: bytes
    words: list[TimedWord]


def whole(performance: Performance) -> WholeSpeech:
    """Perform to the end; raises whatever goes wrong on the way."""
    with closing(performance):
        chunks = list(performance)
    return WholeSpeech(joined(chunks), [word for chunk in chunks for word in chunk.words])


class StreamedSpeech:
    """The body of a streamed response, each part as soon as it is made.

    The first part is made on construction, while a failure can still be answered with a status.
    A later failure is raised to the web server, which cuts the connection. A class and not a
    generator, because closing a generator that was never started runs none of its code.
    """

    def __init__(self, performance: Performance, parts: Iterator[bytes]) -> None:
        """Send `parts`, which are made from `performance`."""
        self._performance = performance
        self._parts = parts
        try:
            self._first: bytes | None = next(parts)
        except BaseException:
            performance.close()
            raise

    def __iter__(self) -> "StreamedSpeech":
        return self

    def __next__(self) -> bytes:
        if self._first is not None:
            first, self._first = self._first, None
            return first
        return next(self._parts)

    def close(self) -> None:
        """Stop the work; the web server calls this at the end and when the client went away."""
        self._performance.close()


def audio_bytes(performance: Performance) -> Iterator[bytes]:
    """Return the bytes of the audio format, nothing around them."""
    return (chunk.data for chunk in performance if chunk.data)


def bound_look_ahead(environ: Mapping[str, Any], bytes_a_second: float) -> None:
    """Let the kernel take only some seconds of speech off us for a client that reads slowly."""
    connection = _socket(environ)
    if connection is not None:
        size = round(LOOK_AHEAD_SECONDS * bytes_a_second)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, size)


def _socket(environ: Mapping[str, Any]) -> Any:
    """Return the socket that gunicorn and Werkzeug hand over, if there is one."""
    return environ.get("gunicorn.socket") or environ.get("werkzeug.socket")


def client_gone(environ: Mapping[str, Any]) -> bool:
    """Whether the client of a WSGI request closed its connection.

    Without a socket to look at, the answer is no until a write fails.
    """
    connection = _socket(environ)
    if connection is None:
        return False
    timeout = connection.gettimeout()
    connection.settimeout(0)
    try:
        return bool(connection.recv(1, socket.MSG_PEEK) == b"")
    except (BlockingIOError, ValueError):  # ValueError: a TLS socket cannot be peeked into
        return False
    except OSError:
        return True
    finally:
        connection.settimeout(timeout)
