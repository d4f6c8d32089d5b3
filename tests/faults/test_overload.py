"""More clients than can be served, some at full speed and some slow on purpose."""

import select
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from tests.faults.impatient import impatient_server
from tests.faults.prober import probed
from tests.faults.recovery import alone, is_idle, unharmed, wait_for
from tests.faults.wire import HEAD, connected
from tests.servers import Server, gunicorn_server

CLIENTS = 64
QUEUE = "8"
SLOW_CLIENTS = 200

BEGINNINGS = (
    HEAD + b"X-Slow: ",
    HEAD + b"Content-Length: 1000\r\n\r\n",
    HEAD + b"X-Slow: ",
    HEAD + b"Transfer-Encoding: chunked\r\n\r\n3e8\r\n",
)
"""Beginnings of requests: half of them stop in the headers, half in the body."""


@pytest.fixture(scope="module")
def tiny_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("overload") / "log"
    with impatient_server(log, KOKORO_MAX_QUEUE=QUEUE) as running:
        yield running


class SlowClient:
    """Sends its request byte by byte."""

    def __init__(self, server: Server, beginning: bytes) -> None:
        self.reply = b""
        self.is_over = False
        self.connection = connected(server)
        self.connection.sendall(beginning)

    def go_on(self) -> None:
        """Send one more byte, and receive the bytes that come back."""
        if self.is_over:
            return
        try:
            self.connection.sendall(b" ")
            if select.select([self.connection], [], [], 0)[0]:
                received = self.connection.recv(65_536)
                self.reply += received
                self.is_over = not received
        except ConnectionError:
            self.is_over = True


def test_200_clients_that_send_a_byte_a_second_keep_nobody_waiting(tiny_server: Server) -> None:
    expected = alone(tiny_server, "Others are not slow.")
    with unharmed(tiny_server), ExitStack() as stack:
        clients = [
            SlowClient(tiny_server, BEGINNINGS[number % len(BEGINNINGS)])
            for number in range(SLOW_CLIENTS)
        ]
        for client in clients:
            stack.enter_context(client.connection)
        while not all(client.is_over for client in clients):
            for client in clients:
                client.go_on()
            assert requests.get(f"{tiny_server.url}/health/live", timeout=20).status_code == 200
            assert alone(tiny_server, "Others are not slow.") == expected
            time.sleep(1)
    in_headers, in_body = clients[::2], clients[1::2]
    assert {client.reply for client in in_headers} == {b""}
    assert {client.reply.partition(b"\r\n")[0] for client in in_body} == {
        b"HTTP/1.1 408 REQUEST TIMEOUT"
    }
    assert "Traceback" not in tiny_server.log


@dataclass(frozen=True)
class Answer:
    """The reply that one client got."""

    text: str
    status: int
    headers: dict[str, str]
    content: bytes


def rush(server: Server, texts: list[str], *, may_stream: bool, rounds: int) -> list[Answer]:
    """Ask for all `texts` at the same time, a client each, every other one for a stream."""
    start = threading.Barrier(len(texts))

    def ask(number: int) -> list[Answer]:
        is_streamed = may_stream and number % 2 == 0
        answers = []
        for _ in range(rounds):
            start.wait(120)
            reply = server.speak(texts[number], response_format="pcm", stream=is_streamed)
            answers.append(
                Answer(texts[number], reply.status_code, dict(reply.headers), reply.content)
            )
        return answers

    with ThreadPoolExecutor(len(texts)) as clients:
        return [answer for answers in clients.map(ask, range(len(texts))) for answer in answers]


def assert_everybody_got_their_own(server: Server, answers: list[Answer]) -> None:
    refused = [answer for answer in answers if answer.status == 429]
    spoken = [answer for answer in answers if answer.status == 200]
    assert len(refused) + len(spoken) == len(answers)
    assert refused
    assert len(spoken) > int(QUEUE)
    assert all(int(answer.headers["Retry-After"]) >= 1 for answer in refused)
    assert all(b'"rate_limit_error"' in answer.content for answer in refused)
    for answer in spoken:
        assert answer.content == alone(server, answer.text, response_format="pcm", stream=False), (
            answer.text
        )


def test_64_clients_at_once_each_get_their_own_speech_or_429(
    tiny_server: Server, measured: Callable[[str, object], None]
) -> None:
    texts = [
        f"Client number {number} has {number} things to say. " * 30 for number in range(CLIENTS)
    ]
    with unharmed(tiny_server):
        with probed(tiny_server) as waits:
            answers = rush(tiny_server, texts, may_stream=True, rounds=2)
        assert_everybody_got_their_own(tiny_server, answers)
    measured("p99 of /health/live, tiny voice, 64 clients, ms", waits.p99_ms)


def test_64_clients_at_once_with_the_real_model(
    tmp_path: Path, measured: Callable[[str, object], None]
) -> None:
    texts = [f"This is client number {number}." for number in range(CLIENTS)]
    environ = {"KOKORO_MAX_QUEUE": QUEUE, "KOKORO_CACHE_MB": "0"}
    with gunicorn_server(environ, tmp_path / "log") as running:
        running.wait_until_healthy()
        with probed(running) as waits:
            # Not streams: they are cut into other pieces each time, so no two are equal to the bit.
            answers = rush(running, texts, may_stream=False, rounds=1)
        assert_everybody_got_their_own(running, answers)
        wait_for(lambda: is_idle(running), running)
    measured("p99 of /health/live, real model, 64 clients, ms", waits.p99_ms)
