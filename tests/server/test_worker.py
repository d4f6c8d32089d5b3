"""Invalid HTTP is refused in OpenAI's shape, by a real gunicorn."""

import json
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress

import pytest
from gevent.pool import Pool
from gevent.socket import socket as gevent_socket

from app.server.worker import Address, Listener
from tests.faults.wire import HEAD, connected, reply_on, reset, speech_request
from tests.servers import Server, free_port, wait_until
from tests.servers import server as any_server

pytestmark = pytest.mark.slow

CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"

REFUSED = {
    "no request line": (b"\x16\x03\x01\x02\x00\r\n\r\n", 400),
    "no version": (b"GET /health/secret\r\n\r\n", 400),
    "version of the future": (b"GET /health HTTP/9.9\r\nHost: x\r\n\r\n", 400),
    "header without a colon": (b"GET /health HTTP/1.1\r\nHost: x\r\nsecret\r\n\r\n", 400),
    "header name with a space": (b"GET /health HTTP/1.1\r\nHost: x\r\nsecret a: b\r\n\r\n", 400),
    "two lengths": (HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}", 400),
    "negative length": (HEAD + b"Content-Length: -1\r\n\r\n", 400),
    "long address": (b"GET /%s HTTP/1.1\r\nHost: x\r\n\r\n" % (b"a" * 8000), 414),
    "long header": (b"GET / HTTP/1.1\r\nHost: x\r\nX: %s\r\n\r\n" % (b"a" * 9000), 431),
    "many headers": (b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X-A: b\r\n" * 200 + b"\r\n", 431),
    "unknown coding": (HEAD + b"Transfer-Encoding: secret\r\n\r\n", 501),
    "unknown expectation": (HEAD + b"Expect: secret\r\nContent-Length: 2\r\n\r\n{}", 417),
    "chunk size that is none": (CHUNKED + b"secret\r\n{}\r\n0\r\n\r\n", 400),
    "negative chunk size": (CHUNKED + b"-2\r\n{}\r\n0\r\n\r\n", 400),
    "chunk longer than it says": (CHUNKED + b"1\r\n{}\r\n0\r\n\r\n", 400),
    "bad chunk extension": (CHUNKED + b"2;\x01secret\r\n{}\r\n0\r\n\r\n", 400),
    "trailer without a colon": (CHUNKED + b"2\r\n{}\r\n0\r\nsecret\r\n\r\n", 400),
}
"""Requests and the statuses of their replies."""


@pytest.fixture(scope="module")
def fake_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{port}", "tests.fake_app:app"]
    log = tmp_path_factory.mktemp("worker") / "log"
    with any_server(command, {}, port, log) as running:
        running.wait_until_healthy()
        yield running


@pytest.mark.parametrize(("sent", "status"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_request_is_refused_in_openais_shape(
    fake_server: Server, sent: bytes, status: int
) -> None:
    with connected(fake_server) as client:
        client.sendall(sent)
        reply = reply_on(client)
        assert reply.status == status
        assert reply.headers["Content-Type"] == "application/json"
        body = json.loads(reply.read())
    assert body["error"].keys() == {"message", "type", "param", "code"}
    assert body["error"]["type"] == "invalid_request_error"
    assert "secret" not in str(body)
    assert fake_server.speak("still here").status_code == 200
    assert "secret" not in fake_server.log
    assert "Traceback" not in fake_server.log


@pytest.mark.parametrize("has_key", [False, True])
def test_options_of_the_server_are_told(
    fake_server: Server, keyed_server: Server, has_key: bool
) -> None:
    with connected(keyed_server if has_key else fake_server) as client:
        client.sendall(b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n")
        reply = reply_on(client)
        assert reply.status == 204
        assert {"GET", "POST", "OPTIONS"} <= set(reply.headers["Allow"].split(", "))


EXPECTING = speech_request("one").replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n", 1)
EXPECTING_HEAD, EXPECTED_BODY = EXPECTING.split(b"\r\n\r\n")
EXPECTING_HEAD += b"\r\n\r\n"
AUTHORIZED = b"Authorization: Bearer s3cret\r\n"


@pytest.fixture(scope="module")
def keyed_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{port}", "tests.fake_app:app"]
    environ = {"API_KEY": "s3cret", "KOKORO_PUBLIC_ENDPOINTS": "health"}
    log = tmp_path_factory.mktemp("keyed") / "log"
    with any_server(command, environ, port, log) as running:
        running.wait_until_healthy()
        yield running


def with_key(head: bytes) -> bytes:
    return head.replace(b"Host: x\r\n", b"Host: x\r\n" + AUTHORIZED)


def test_a_good_request_is_asked_for_its_body_once_and_may_be_followed_by_another(
    keyed_server: Server,
) -> None:
    with connected(keyed_server) as client:
        for _ in range(2):
            client.sendall(with_key(EXPECTING_HEAD))
            assert client.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
            client.sendall(EXPECTED_BODY)
            reply = reply_on(client)
            assert reply.status == 200
            assert reply.headers["Connection"] == "keep-alive"
            assert reply.read()[:4] == b"RIFF"


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (EXPECTING_HEAD, 401),
        (with_key(EXPECTING_HEAD.replace(b"Length: ", b"Length: 99999")), 413),
        (with_key(EXPECTING_HEAD.replace(b"application/json", b"text/plain")), 415),
        (with_key(EXPECTING_HEAD.replace(b"/speech", b"/nowhere")), 404),
    ],
)
@pytest.mark.parametrize("is_sent_unasked", [False, True])
def test_who_is_refused_by_the_headers_is_not_asked_for_the_body(
    keyed_server: Server, head: bytes, status: int, is_sent_unasked: bool
) -> None:
    with connected(keyed_server) as client:
        client.sendall(head + EXPECTED_BODY * is_sent_unasked)
        received = b""
        while part := client.recv(1000):
            received += part
    assert received.startswith(b"HTTP/1.1 %d " % status)
    assert b"Connection: close\r\n" in received
    assert received.count(b"HTTP/1.1") == 1
    assert "Traceback" not in keyed_server.log


def test_a_connection_is_closed_after_what_is_no_request(fake_server: Server) -> None:
    with connected(fake_server) as client:
        client.sendall(CHUNKED + b"secret\r\n" + speech_request("smuggled"))
        reply = reply_on(client)
        reply.read()
        assert client.recv(1000) == b""


def test_a_connection_is_closed_after_a_body_that_was_asked_for_and_is_no_body(
    fake_server: Server,
) -> None:
    """Later bytes are not taken for another request: nobody knows where it would begin."""
    with connected(fake_server) as client:
        client.sendall(CHUNKED.replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n"))
        assert client.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.sendall(b"secret\r\n")
        reply = reply_on(client)
        assert reply.status == 400
        reply.read()
        with suppress(ConnectionError):
            client.sendall(speech_request("smuggled"))
            assert client.recv(1000) == b""


def test_who_is_gone_when_its_request_is_refused_is_no_trouble(fake_server: Server) -> None:
    refusals = fake_server.log.count("Refused an invalid request")
    client = connected(fake_server)
    client.sendall(b"secret\r\n\r\n")
    reset(client)
    wait_until(lambda: fake_server.log.count("Refused an invalid request") > refusals)
    assert fake_server.speak("still here").status_code == 200
    assert "Traceback" not in fake_server.log


def test_who_is_connected_when_listening_ends_is_still_served() -> None:
    served = []
    pool = Pool(10)
    with ExitStack() as stack:
        listening = stack.enter_context(gevent_socket())
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        address = listening.getsockname()
        clients = [stack.enter_context(socket.create_connection(address)) for _ in range(3)]
        listener = Listener(listening, lambda client, of: served.append(of), spawn=pool)
        listener.start()
        listener.close()
        pool.join()
        assert served == [client.getsockname() for client in clients]


def test_an_address_is_known_when_listening_has_ended() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = Address(listening)
        name = listening.getsockname()
    assert address.getsockname() == name
