"""All output of a real gunicorn has one format, whatever clients send."""

import json
import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.conftest import TINY_VOICE
from tests.servers import Server, free_port, gunicorn_server, server, wait_until

pytestmark = pytest.mark.slow

SPOKEN = "Confidential words"
KEY = "s3cret-key"
ENVIRON = {
    "KOKORO_MODEL_PATH": str(TINY_VOICE),
    "KOKORO_PUBLIC_ENDPOINTS": "health",
    "KOKORO_WORKERS": "2",
    "API_KEY": KEY,
    "LOG_FORMAT": "json",
    "LOG_LEVEL": "debug",
}
AUTHORIZATION = f"Authorization: Bearer {KEY}"
BODY = json.dumps({"model": "tts-1", "voice": "alloy", "input": SPOKEN})

BROKEN_REQUESTS = (
    # A Content-Length that is too short: the rest of the body is read as the next request.
    "POST /v1/audio/speech HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    f"{AUTHORIZATION}\r\nContent-Length: 10\r\n\r\n{BODY} HTTP/1.1\r\n\r\n",
    f"{BODY}\r\n\r\n",
    f"GET {SPOKEN} HTTP/1.1\r\n\r\n",
    f"GET / HTTP/1.1\r\n{AUTHORIZATION.replace(':', '')}\r\n\r\n",
    f"GET / HTTP/1.1\r\n{AUTHORIZATION}\r\n {KEY}\r\n\r\n",
    f"GET / HTTP/1.1\r\n{KEY}\x1b[31m: 1\r\n\r\n",
    f"GET / HTTP/1.1\r\n{AUTHORIZATION}\x1b[31m\x00\r\n\r\n",
    f"GET / {SPOKEN}\r\n\r\n",
    f"GET /\x1b[31m\x85 HTTP/1.1\r\n{AUTHORIZATION}\r\n\r\n",
    f"GET / HTTP/1.1\r\nTransfer-Encoding: {KEY}\r\n\r\n",
    f"GET / HTTP/1.1\r\nContent-Length: {KEY}\r\n\r\n",
    "GET / HTTP/1.1\r\nX-Request-Id: a\n{}\r\n\r\n",
    f"GET / HTTP/1.1\r\nX-Request-Id: {'x' * 10_000}\r\n\r\n",
    f"GET /{'x' * 10_000} HTTP/1.1\r\n\r\n",
)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server") / "log"


@pytest.fixture(scope="module")
def lines(log: Path) -> list[dict[str, Any]]:
    """All lines of a server's log, from its start to its end."""
    with gunicorn_server(ENVIRON, log) as running:
        running.wait_until_healthy()
        with ThreadPoolExecutor(8) as clients:
            list(clients.map(speak, [running] * 24, range(24)))
        for request in BROKEN_REQUESTS:
            send(running, request)
        wait_until(lambda: running.log.count('"Speech finished."') == 24)
    return [json.loads(line) for line in log.read_text().splitlines()]


def speak(running: Server, number: int) -> None:
    reply = requests.post(
        f"{running.url}/v1/audio/speech",
        json={**json.loads(BODY), "stream": bool(number % 2)},
        headers={"Authorization": f"Bearer {KEY}", "X-Request-Id": f"request-{number}"},
        timeout=60,
    )
    assert reply.status_code == 200
    assert reply.headers["X-Request-Id"] == f"request-{number}"


def send(running: Server, request: str) -> None:
    with socket.create_connection(("127.0.0.1", running.port), timeout=20) as client:
        client.sendall(request.encode("latin-1"))
        client.shutdown(socket.SHUT_WR)
        with suppress(ConnectionResetError):  # refused before all of it was read
            while client.recv(4096):
                pass


def test_master_and_workers_write_only_lines_of_json(
    lines: list[dict[str, Any]],
) -> None:
    for line in lines:
        assert line.keys() >= {"timestamp", "level", "logger", "event", "pid"}
    events = [line["event"] for line in lines if line["logger"] == "gunicorn.error"]
    for beginning in ("Starting gunicorn", "Listening at", "Booting worker", "Shutting down"):
        assert any(event.startswith(beginning) for event in events)
    assert len({line["pid"] for line in lines}) == 2


def test_neither_the_input_nor_the_key_is_logged(lines: list[dict[str, Any]], log: Path) -> None:
    refusals = [line for line in lines if line["level"] == "warning" and "Refused" in line["event"]]
    assert len(refusals) == len(BROKEN_REQUESTS)
    assert SPOKEN.split()[0] not in log.read_text()
    assert KEY not in log.read_text()


def test_clients_cannot_forge_or_colour_a_line(lines: list[dict[str, Any]], log: Path) -> None:
    for line in lines:
        assert all(ord(letter) >= 32 for letter in line["event"])
        assert len(line["event"]) < 5000
    assert "\x1b" not in log.read_text()


def test_concurrent_requests_are_told_apart(lines: list[dict[str, Any]]) -> None:
    for number in range(24):
        events = [line["event"] for line in lines if line.get("request_id") == f"request-{number}"]
        assert events.count("Request answered.") == 1
        assert events.count("Speech finished.") == 1


def test_an_exception_that_quotes_the_input_is_logged_without_its_message(
    tmp_path: Path,
) -> None:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{port}", "tests.fake_app:app"]
    environ = {"LOG_FORMAT": "json", "LOG_LEVEL": "debug"}
    with server(command, environ, port, tmp_path / "log") as running:
        running.wait_until_healthy()
        text = f"{SPOKEN} bug"  # its first word is spoken before the bug
        assert running.speak(text).status_code == 500
        for members in ({"stream": True}, {"stream_format": "sse"}):
            with pytest.raises(requests.exceptions.ChunkedEncodingError):
                running.speak(text, **members)
        wait_until(lambda: running.log.count('"exception"') == 3)
        log = [json.loads(line) for line in running.log.splitlines()]
    assert not any(word in json.dumps(log) for word in SPOKEN.split())
    for line in log:
        if "exception" in line:
            *_, place, source, last = line["exception"].splitlines()
            assert place.endswith(", in before_word")
            assert source.strip() == 'raise ZeroDivisionError(f"cannot divide {request.text!r}")'
            assert last == "ZeroDivisionError (message left out: it may quote the request)"


def test_gunicorns_messages_have_the_same_console_format_as_ours(tmp_path: Path) -> None:
    environ = {"KOKORO_MODEL_PATH": str(TINY_VOICE), "LOG_LEVEL": "warning"}
    with gunicorn_server(environ, tmp_path / "log") as running:
        running.wait_until_healthy()
        send(running, f"{SPOKEN}\r\n\r\n")
        wait_until(lambda: "[WARNING] gunicorn.error: Refused" in running.log)
    assert "[INFO]" not in running.log
