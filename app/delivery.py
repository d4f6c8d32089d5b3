"""Speech on its way to the client's socket."""

import socket
from collections.abc import Mapping
from typing import Any

from app.performance import Performance
from app.tts.encode import AudioFormat, pcm16


class StreamedSpeech:
    """The bytes of a streamed response, each chunk as soon as it is made.

    The first chunk is made on construction, while a failure can still be answered with a status.
    A later failure is raised to the web server, which cuts the connection. A class and not a
    generator, because closing a generator that was never started runs none of its code.
    """

    def __init__(self, performance: Performance, audio_format: AudioFormat) -> None:
        self._performance = performance
        try:
            self._first: bytes | None = audio_format.header(None) + pcm16(next(performance).samples)
        except BaseException:
            performance.close()
            raise

    def __iter__(self) -> "StreamedSpeech":
        return self

    def __next__(self) -> bytes:
        if self._first is not None:
            first, self._first = self._first, None
            return first
        return pcm16(next(self._performance).samples)

    def close(self) -> None:
        """Stop the work; the web server calls this at the end and when the client went away."""
        self._performance.close()


def client_gone(environ: Mapping[str, Any]) -> bool:
    """Whether the client of a WSGI request closed its connection.

    Looks at the socket that gunicorn and Werkzeug hand over; without one, the answer is no until
    a write fails.
    """
    connection = environ.get("gunicorn.socket") or environ.get("werkzeug.socket")
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
