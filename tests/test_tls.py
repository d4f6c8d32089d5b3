"""TLS by gunicorn itself: failed handshakes and clients that leave do no harm."""

import socket
import ssl
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from http.client import IncompleteRead
from pathlib import Path

import pytest
import requests

from tests.certificates import make_certificate
from tests.exposition import Scrape
from tests.faults.observe import holdings, only_worker
from tests.faults.wire import connected, reply_on, reset, speech_request
from tests.servers import START_SECONDS, Server, free_port, wait_until
from tests.servers import server as any_server

pytestmark = pytest.mark.slow


class TlsServer:
    """gunicorn with a certificate of its own, and clients that trust it."""

    def __init__(self, running: Server, certificate: Path) -> None:
        self.running = running
        self.url = f"https://127.0.0.1:{running.port}"
        self._certificate = certificate
        self._context = ssl.create_default_context(cafile=str(certificate))

    def get(self, path: str) -> requests.Response:
        return requests.get(self.url + path, verify=str(self._certificate), timeout=20)

    def connected(self, receive_bytes: int | None = None) -> ssl.SSLSocket:
        return self._context.wrap_socket(self.raw(receive_bytes), server_hostname="127.0.0.1")

    def raw(self, receive_bytes: int | None = None) -> socket.socket:
        return connected(self.running, receive_bytes)

    def scraped(self) -> Scrape:
        return Scrape(self.get("/metrics").text)

    def cancelled(self) -> float:
        return self.scraped().value("kokoro_speeches_total", outcome="cancelled")

    def descriptors(self) -> int:
        return holdings(only_worker(self.running)).descriptors


@pytest.fixture(scope="module")
def tls_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TlsServer]:
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = make_certificate(folder)
    port = free_port()
    options = ["-b", f"127.0.0.1:{port}", "--certfile", str(certificate), "--keyfile", str(key)]
    config = ["-c", "tests/faults/impatient_config.py"]
    command = [sys.executable, "-m", "gunicorn", *config, *options, "tests.faults.fault_app:app"]
    with any_server(command, {"LOG_LEVEL": "info"}, port, folder / "log") as running:
        served = TlsServer(running, certificate)
        wait_until(lambda: _is_healthy(served), START_SECONDS)
        yield served


def _is_healthy(served: TlsServer) -> bool:
    try:
        return served.get("/health").status_code == 200
    except requests.ConnectionError:
        return False


@pytest.mark.parametrize("sent", [b"", b"\x16\x03\x01"], ids=["nothing", "its beginning"])
def test_a_handshake_that_never_ends_is_closed(tls_server: TlsServer, sent: bytes) -> None:
    before = tls_server.descriptors()
    with ExitStack() as stack:
        clients = [stack.enter_context(tls_server.raw()) for _ in range(20)]
        for client in clients:
            client.sendall(sent)
        for client in clients:
            assert client.recv(1000) == b""
        wait_until(lambda: tls_server.descriptors() <= before + 1)


def test_a_handshake_that_fails_costs_no_line_of_the_log(tls_server: TlsServer) -> None:
    size = len(tls_server.running.log)
    for sent in (b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n", b"\x16\x03\x01\x00\x01x", b""):
        with tls_server.raw() as client, suppress(OSError):
            client.sendall(sent)
            client.shutdown(socket.SHUT_WR)
            while client.recv(1000):
                pass
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(f"{tls_server.url}/health", timeout=20)  # without our certificate
    leaving = tls_server.raw()
    leaving.sendall(b"\x16\x03\x01")
    reset(leaving)
    assert tls_server.get("/health").status_code == 200
    assert tls_server.running.log[size:] == ""


@pytest.mark.parametrize("says_goodbye", [False, True])
@pytest.mark.parametrize("stream", [False, True])
def test_a_client_that_leaves_before_the_first_sound_is_noticed(
    tls_server: TlsServer, stream: bool, says_goodbye: bool
) -> None:
    before = tls_server.cancelled()
    client = tls_server.connected()
    client.sendall(speech_request("endless", stream=stream))
    wait_until(lambda: tls_server.scraped().value("kokoro_busy_workers") == 1)
    if says_goodbye:
        client.setblocking(False)
        with pytest.raises(ssl.SSLWantReadError):
            client.unwrap()  # sends close_notify, which nobody reads
    client.close()
    wait_until(lambda: tls_server.cancelled() == before + 1)
    assert "Traceback" not in tls_server.running.log


def test_a_client_that_breaks_the_protocol_in_mid_request_does_no_harm(
    tls_server: TlsServer,
) -> None:
    size = len(tls_server.running.log)
    client = tls_server.connected()
    client.sendall(b"GET /health HTTP/1.1\r\n")
    raw = socket.socket(fileno=client.detach())
    with raw, suppress(OSError):
        raw.settimeout(60)
        raw.sendall(b"this is no TLS at all, but plain text")
        while raw.recv(1000):
            pass
    assert tls_server.get("/health").status_code == 200
    assert "Traceback" not in tls_server.running.log[size:]


def test_a_client_that_stalls_in_a_whole_reply_is_cut_off(tls_server: TlsServer) -> None:
    with tls_server.connected(receive_bytes=4096) as client:
        client.sendall(speech_request("word " * 800))
        reply = reply_on(client)
        assert reply.read(1000)
        wait_until(lambda: tls_server.scraped().value("kokoro_unsent_reply_bytes") == 0)
        with pytest.raises((OSError, IncompleteRead)):
            reply.read()
    assert "Traceback" not in tls_server.running.log


def test_a_client_that_stalls_in_a_stream_is_cut_off(tls_server: TlsServer) -> None:
    before = tls_server.cancelled()
    with tls_server.connected(receive_bytes=4096) as client:
        client.sendall(speech_request("word " * 800, stream=True))
        reply = reply_on(client)
        assert reply.read(1000)
        wait_until(lambda: tls_server.cancelled() == before + 1)
        with pytest.raises((OSError, IncompleteRead)):
            reply.read()
    assert "Traceback" not in tls_server.running.log
