"""Bodies that are slow or break off, with a real gunicorn."""

import json
import select
import socket
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
import requests

from app.web.json_body import MAX_BODY_SECONDS
from tests.servers import PROJECT, Server, free_port, wait_until
from tests.servers import server as any_server

pytestmark = pytest.mark.slow

BEGINNINGS = {
    "sized": b"Content-Length: 1000\r\n\r\n",
    "chunked": b"Transfer-Encoding: chunked\r\n\r\n3e8\r\n",
}


@pytest.fixture(scope="module")
def fake_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{port}", "tests.fake_app:app"]
    log = tmp_path_factory.mktemp("server") / "log"
    with any_server(command, {}, port, log, PROJECT) as running:
        running.wait_until_healthy()
        yield running


def begun(server: Server, beginning: bytes) -> socket.socket:
    """Open a connection and send the head of a request for speech."""
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=60)
    head = b"POST /v1/audio/speech HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    connection.sendall(head + beginning)
    return connection


def reply_to_a_trickle(server: Server, beginning: bytes) -> bytes:
    """Send a byte a second until there is a reply."""
    with begun(server, beginning) as connection:
        for _ in range(MAX_BODY_SECONDS + 20):
            connection.sendall(b" ")
            if select.select([connection], [], [], 1)[0]:
                return all_of_reply(connection)
    raise AssertionError("no reply")


def all_of_reply(connection: socket.socket) -> bytes:
    """Read until the server closes the connection, or resets it for a byte that came too late."""
    connection.settimeout(60)
    reply = b""
    with suppress(ConnectionResetError):
        while part := connection.recv(65_536):
            reply += part
    return reply


def test_a_body_that_trickles_in_is_408(fake_server: Server) -> None:
    with ThreadPoolExecutor() as pool:
        replies = list(pool.map(lambda b: reply_to_a_trickle(fake_server, b), BEGINNINGS.values()))
    for reply in replies:
        head, _, body = reply.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 408 ")
        assert json.loads(body) == {
            "error": {
                "message": "The body did not come within 30 s.",
                "type": "invalid_request_error",
                "param": None,
                "code": None,
            }
        }
    assert "Traceback" not in fake_server.log


@pytest.mark.parametrize("beginning", BEGINNINGS.values(), ids=BEGINNINGS)
@pytest.mark.parametrize("is_reset", [False, True])
def test_a_client_that_breaks_off_leaves_no_traceback(
    fake_server: Server, beginning: bytes, is_reset: bool
) -> None:
    answered = fake_server.log.count("status=499")
    with begun(fake_server, beginning + b"{") as connection:
        time.sleep(0.2)  # until the server reads the body
        if is_reset:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    wait_until(lambda: fake_server.log.count("status=499") > answered)
    assert requests.get(f"{fake_server.url}/v1/models", timeout=10).status_code == 200
    assert "Traceback" not in fake_server.log
