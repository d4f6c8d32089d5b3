"""Clients that ask for speech and check that they hear their own."""

import http.client
import itertools
import json
import threading
import time
import uuid
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests

from bench.speed.texts import unique_sentences
from tests.servers import wait_until

SPEECH = "/v1/audio/speech"
LONG_TEXT = " ".join(itertools.islice(unique_sentences(), 120))
"""About 12 MB of speech: more than the sockets between server and listener hold."""


def new_id() -> str:
    return uuid.uuid4().hex


def request_body(text: str, *, is_streamed: bool) -> dict[str, object]:
    shared = {"model": "tts-1", "voice": "af_heart", "response_format": "pcm"}
    return {**shared, "input": text, "stream": is_streamed}


class HeldStream:
    """A listener that hears the beginning of a long speech and goes on when told to."""

    def __init__(self, url: str, text: str = LONG_TEXT) -> None:
        self.id = new_id()
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
        headers = {"Content-Type": "application/json", "X-Request-Id": self.id}
        body = json.dumps(request_body(text, is_streamed=True))
        self._connection.request("POST", SPEECH, body, headers)
        self._response = self._connection.getresponse()
        assert self._response.status == 200
        self._beginning = self._response.read(1000)
        assert len(self._beginning) == 1000

    def rest(self) -> bytes:
        """Listen to the end and return all of the speech; raises if it is cut."""
        try:
            return self._beginning + self._response.read()
        finally:
            self.leave()

    def is_cut(self) -> bool:
        """Listen on, and return whether the speech breaks off."""
        try:
            self.rest()
        except (http.client.IncompleteRead, ConnectionError):
            return True
        return False

    def leave(self) -> None:
        self._response.close()
        self._connection.close()


@dataclass(frozen=True)
class Heard:
    """The outcome of a request."""

    id: str
    asked: float
    """`time.monotonic()` before it was sent."""

    problem: str
    """None if it is empty."""


class Crowd:
    """Clients that ask for one speech after another, each for its own, until the context ends.

    Every other request is streamed.
    """

    def __init__(self, url: str, speeches: dict[str, bytes], clients: int = 8) -> None:
        """`speeches` are texts and how each sounds."""
        self.heard: list[Heard] = []
        self._url = url
        self._stopped = threading.Event()
        texts = list(speeches.items())
        self._threads = [
            threading.Thread(target=self._ask, args=(texts[number::clients],), daemon=True)
            for number in range(clients)
        ]

    def __enter__(self) -> "Crowd":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.leave()

    def leave(self) -> None:
        """Stop asking, and return once all have heard their last speech."""
        self._stopped.set()
        for thread in self._threads:
            thread.join(60)
            assert not thread.is_alive()

    def wait_for(self, count: int) -> None:
        """Wait until `count` more requests have been answered."""
        wanted = len(self.heard) + count
        wait_until(lambda: len(self.heard) >= wanted)

    def problems(self) -> list[Heard]:
        return [heard for heard in self.heard if heard.problem]

    def _ask(self, speeches: list[tuple[str, bytes]]) -> None:
        with requests.Session() as session:
            for number, (text, sound) in enumerate(itertools.cycle(speeches)):
                if self._stopped.is_set():
                    return
                self.heard.append(hear(session, self._url, text, sound, number % 2 == 0))


def hear(session: requests.Session, url: str, text: str, sound: bytes, is_streamed: bool) -> Heard:
    """Have `text` spoken, and compare that with `sound`."""
    request_id, asked = new_id(), time.monotonic()
    body = request_body(text, is_streamed=is_streamed)
    headers = {"X-Request-Id": request_id}
    problem = ""
    try:
        reply = session.post(url + SPEECH, json=body, headers=headers, timeout=60)
    except requests.RequestException as error:
        problem = repr(error)
    else:
        if reply.status_code != 200:
            problem = f"{reply.status_code} {reply.text}"
        elif reply.content != sound:
            problem = f"{len(reply.content)} bytes that are not those {len(sound)}"
    return Heard(request_id, asked, problem)
