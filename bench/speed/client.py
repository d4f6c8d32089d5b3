"""A listener: requests speech over HTTP, and notes when each part of the sound arrives."""

import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from types import TracebackType
from typing import TypeVar
from urllib.parse import urlsplit

T = TypeVar("T")

VOICE = "af_heart"
SAMPLE_RATE = 24_000
BYTES_PER_SECOND = 2 * SAMPLE_RATE
"""16-bit mono PCM."""

PATIENCE = 900.0
"""Seconds of silence after which a listener gives up, unless told otherwise."""


@dataclass(frozen=True)
class Heard:
    """Times at which a speech reached its listener, in seconds."""

    first: float
    """From the request to the first sound."""

    total: float
    """From the request to the last sound."""

    audio: float
    """Playing time."""

    gap: float
    """Silence added by a player that starts at the first sound and waits when it runs dry."""

    @classmethod
    def of(cls, asked: float, arrivals: Iterable[tuple[float, float]]) -> "Heard":
        """Sum up the `arrivals`, (time, seconds of audio), after a request at the time `asked`."""
        first = audio = gap = 0.0
        arrived = asked
        for arrived, seconds in arrivals:
            first = first or arrived
            gap = max(gap, arrived - (first + audio))
            audio += seconds
        if not audio:
            raise RuntimeError("the answer held no sound")
        return cls(first - asked, arrived - asked, audio, gap)

    def figures(self) -> dict[str, float]:
        """Return all figures by name, rounded to milliseconds."""
        return {name: round(seconds, 3) for name, seconds in asdict(self).items()}


class Request:
    """A request for speech, sent on entry of the context and closed on exit."""

    def __init__(
        self, url: str, text: str, *, is_streamed: bool, patience: float = PATIENCE
    ) -> None:
        """Prepare a request to `url` with a timeout of `patience` seconds."""
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=patience)
        members = {"model": "tts-1", "input": text, "voice": VOICE, "response_format": "pcm"}
        self._body = json.dumps({**members, "stream": is_streamed})
        self._asked = 0.0
        self._response: http.client.HTTPResponse | None = None
        self._listener: threading.Thread | None = None

    def __enter__(self) -> "Request":
        self._asked = time.perf_counter()
        headers = {"Content-Type": "application/json"}
        self._connection.request("POST", "/v1/audio/speech", self._body, headers)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._listener:
            # Unlike closing alone, this ends a thread's wait for the next bytes.
            with suppress(OSError):
                self._connection.sock.shutdown(socket.SHUT_RDWR)
            self._listener.join()
        if self._response:
            self._response.close()
        self._connection.close()

    def hear(self) -> Heard:
        """Listen to the end; raises `RuntimeError` if the request is refused."""
        response = self._answer()
        arrivals = []
        while block := response.read1(1 << 16):
            arrivals.append((time.perf_counter(), len(block) / BYTES_PER_SECOND))
        return Heard.of(self._asked, arrivals)

    def hear_first(self) -> float:
        """Listen to the first sound, and return the seconds until it came.

        Raises `TimeoutError` if that took longer than `patience`.
        """
        if not self._answer().read1(1):
            raise RuntimeError("the answer held no sound")
        return time.perf_counter() - self._asked

    def hear_aside(self) -> None:
        """Listen in a thread until the connection is closed."""

        def run() -> None:
            with suppress(OSError, http.client.HTTPException, RuntimeError):
                self.hear()

        self._listener = threading.Thread(target=run, daemon=True)
        self._listener.start()

    def is_heard_aside(self) -> bool:
        """Return whether the thread still listens: the request is neither refused nor done."""
        return self._listener is not None and self._listener.is_alive()

    def _answer(self) -> http.client.HTTPResponse:
        self._response = response = self._connection.getresponse()
        if response.status != http.client.OK:
            raise RuntimeError(f"the server answered {response.status}: {response.read()[:300]!r}")
        return response


def listen(url: str, text: str, *, is_streamed: bool) -> Heard:
    """Request speech for `text`, and listen to the end."""
    with Request(url, text, is_streamed=is_streamed) as request:
        return request.hear()


def all_at_once(jobs: Sequence[Callable[[], T]]) -> list[T]:
    """Start all jobs at the same moment and return their results; raise the first error."""
    results: dict[int, T] = {}
    errors: list[Exception] = []
    start = threading.Barrier(len(jobs))

    def run(number: int) -> None:
        start.wait()
        try:
            results[number] = jobs[number]()
        except Exception as error:
            errors.append(error)

    # Daemons, so that Ctrl-C does not wait for speech in progress.
    threads = [
        threading.Thread(target=run, args=(number,), daemon=True) for number in range(len(jobs))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return [results[number] for number in range(len(jobs))]
