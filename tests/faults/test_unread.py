"""Clients that ask for minutes of speech and never read it cost little memory."""

import http.client
import json
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest
import requests

from tests.conftest import TINY_VOICE
from tests.faults.disks import small_disk
from tests.faults.impatient import impatient_server
from tests.faults.observe import holdings, only_worker
from tests.faults.recovery import (
    SENTENCE,
    alone,
    at_rest,
    is_idle,
    scraped,
    speaks_correctly,
    unharmed,
    wait_for,
)
from tests.faults.wire import connected, reply_on, speech_request
from tests.servers import Server, free_port, gunicorn_server
from tests.servers import server as any_server

CLIENTS = 500
SPARE_MEGABYTES = 150
TEXT = "a [pause:10s] " * 30
"""A text of 420 characters that makes 14.9 MB of WAV."""

LONG_SENTENCES = "Four horses cross the river. [pause:10s]" * 6
"""A text that makes about 3 MB."""

MEGABYTE = 1 << 20


@pytest.fixture
def tiny_server(tmp_path: Path) -> Iterator[Server]:
    with gunicorn_server({"KOKORO_MODEL_PATH": str(TINY_VOICE)}, tmp_path / "log") as running:
        running.wait_until_healthy()
        yield running


def unsent_bytes(server: Server) -> float:
    return scraped(server).value("kokoro_unsent_reply_bytes")


class Peak:
    """The peak memory of a server's worker while the context lasts."""

    def __init__(self, server: Server) -> None:
        self.megabytes = 0.0
        self._worker = only_worker(server)
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def _watch(self) -> None:
        while not self._is_over.wait(0.02):
            self.megabytes = max(self.megabytes, holdings(self._worker).resident_megabytes)

    def __enter__(self) -> "Peak":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()


class Crowd:
    """Clients that send the same request and read only the status."""

    def __init__(self, server: Server, request: bytes) -> None:
        self.statuses: list[int] = []
        self._server = server
        self._request = request
        self._connections = ExitStack()

    def come(self, count: int) -> None:
        """Let `count` more clients ask, eight at a time."""
        with ThreadPoolExecutor(8) as pool:
            self.statuses += pool.map(lambda _: self._ask(), range(count))

    def leave(self) -> None:
        self._connections.close()

    def _ask(self) -> int:
        client = self._connections.enter_context(connected(self._server, receive_bytes=4096))
        client.sendall(self._request)
        return int(client.recv(12, socket.MSG_WAITALL).split()[1])


def speak_from(server: Server, address: str, text: str) -> tuple[int, bytes]:
    """Ask for a whole reply, from an address of this machine."""
    connection = http.client.HTTPConnection(
        "127.0.0.1", server.port, timeout=60, source_address=(address, 0)
    )
    body = json.dumps({"model": "tts-1", "input": text, "voice": "af_heart"})
    connection.request("POST", "/v1/audio/speech", body, {"Content-Type": "application/json"})
    reply = connection.getresponse()
    try:
        return reply.status, reply.read()
    finally:
        connection.close()


@contextmanager
def crowded(server: Server, request: bytes) -> Iterator[Crowd]:
    crowd = Crowd(server, request)
    try:
        yield crowd
    finally:
        crowd.leave()


def test_500_clients_that_never_read_a_whole_reply_take_little_and_others_are_served(
    tiny_server: Server, measured: Callable[[str, object], None]
) -> None:
    expected = alone(tiny_server, SENTENCE)
    expected_long = alone(tiny_server, LONG_SENTENCES)
    with unharmed(tiny_server):
        before = at_rest(tiny_server).resident_megabytes
        with crowded(tiny_server, speech_request(TEXT)) as crowd:
            with Peak(tiny_server) as peak:
                for _ in range(CLIENTS // 50):
                    crowd.come(50)
                    assert alone(tiny_server, SENTENCE) == expected
                    assert speak_from(tiny_server, "127.0.0.2", LONG_SENTENCES) == (
                        200,
                        expected_long,
                    )
                    live = requests.get(f"{tiny_server.url}/health/live", timeout=20)
                    assert live.status_code == 200
                held = unsent_bytes(tiny_server)
            assert set(crowd.statuses) == {200, 429}
            assert 100 * MEGABYTE < held <= 512 * MEGABYTE
        wait_for(lambda: unsent_bytes(tiny_server) == 0, tiny_server)
    assert peak.megabytes - before < SPARE_MEGABYTES
    measured("MB before 500 unread whole replies, at their peak", (before, peak.megabytes))


def test_500_clients_that_never_read_a_stream_take_little_and_others_are_served(
    tiny_server: Server, measured: Callable[[str, object], None]
) -> None:
    expected = alone(tiny_server, SENTENCE)
    with unharmed(tiny_server):
        before = at_rest(tiny_server).resident_megabytes
        with (
            crowded(tiny_server, speech_request(TEXT, stream=True)) as crowd,
            Peak(tiny_server) as peak,
        ):
            for _ in range(CLIENTS // 50):
                crowd.come(50)
                speaks_correctly(tiny_server, expected)
            wait_for(lambda: is_idle(tiny_server), tiny_server)  # all are as far ahead as allowed
        assert set(crowd.statuses) <= {200, 429}
        assert crowd.statuses.count(200) > CLIENTS / 2
    assert peak.megabytes - before < SPARE_MEGABYTES
    measured("MB before 500 unread streams, at their peak", (before, peak.megabytes))


def test_a_client_that_stalls_in_a_whole_reply_is_cut_off(tmp_path: Path) -> None:
    with (
        impatient_server(tmp_path / "log") as running,
        unharmed(running),
        connected(running, receive_bytes=4096) as reader,
    ):
        reader.sendall(speech_request(TEXT))
        with closing(reply_on(reader)) as reply:
            assert reply.read(1000)
            wait_for(lambda: unsent_bytes(running) == 0, running)
            assert "Traceback" not in running.log
            with pytest.raises((ConnectionError, http.client.IncompleteRead)):
                reply.read()


@pytest.mark.parametrize("stream", [False, True])
def test_a_client_that_stalls_on_a_unix_socket_is_cut_off(tmp_path: Path, stream: bool) -> None:
    port, path = free_port(), tmp_path / "socket"
    config = ["-c", "tests/faults/impatient_config.py"]
    addresses = ["-b", f"127.0.0.1:{port}", "-b", f"unix:{path}"]
    command = [sys.executable, "-m", "gunicorn", *config, *addresses, "wsgi:app"]
    environ = {"KOKORO_MODEL_PATH": str(TINY_VOICE)}
    with any_server(command, environ, port, tmp_path / "log") as running:
        running.wait_until_healthy()
        with socket.socket(socket.AF_UNIX) as reader:
            reader.settimeout(60)
            reader.connect(str(path))
            reader.sendall(speech_request(TEXT, stream=stream))
            with closing(reply_on(reader)) as reply:
                assert reply.read(1000)
                time.sleep(1)
                wait_for(lambda: has_nothing_to_do(running), running)
                with pytest.raises((ConnectionError, http.client.IncompleteRead)):
                    reply.read()
        assert "Traceback" not in running.log


def has_nothing_to_do(server: Server) -> bool:
    """Return whether no whole reply waits and each request's speech has ended."""
    scrape = scraped(server)
    ended = scrape.value("kokoro_speeches_total")
    asked = scrape.value("kokoro_http_requests_total", endpoint="/v1/audio/speech")
    return scrape.value("kokoro_unsent_reply_bytes") == 0 and ended == asked


def test_a_slow_reader_gets_all_of_a_whole_reply(tmp_path: Path) -> None:
    with impatient_server(tmp_path / "log") as running:
        expected = alone(running, TEXT)
        with connected(running, receive_bytes=65_536) as reader:
            reader.sendall(speech_request(TEXT))
            reply = reply_on(reader)
            received = b""
            for _ in range(6):
                received += reply.read(len(expected) // 8)
                time.sleep(1)
            assert received + reply.read() == expected


def test_on_a_full_disk_long_replies_are_429_and_others_are_served(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    environ = {"KOKORO_MODEL_PATH": str(TINY_VOICE), "TMPDIR": str(disk)}
    with (
        small_disk(disk, megabytes=12),
        gunicorn_server(environ, tmp_path / "log") as running,
    ):
        running.wait_until_healthy()
        with unharmed(running):
            refused = running.speak(TEXT)
            assert refused.status_code == 429, refused.text
            assert int(refused.headers["Retry-After"]) >= 1
            assert running.speak(LONG_SENTENCES).status_code == 200
        assert "Traceback" not in running.log
        assert running.speak(TEXT, stream=True).status_code == 200
