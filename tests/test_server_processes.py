"""Servers of their own settings: clients that leave, full queues, failures and stops."""

import json
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from app.web.delivery.stream import LOOK_AHEAD_SECONDS
from tests.conftest import TINY_VOICE
from tests.servers import Server, free_port, gunicorn_server, wait_until
from tests.servers import server as any_server

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def tiny_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    environ = {"KOKORO_MODEL_PATH": str(TINY_VOICE), "KOKORO_EXTRA_FORMATS": "mp3"}
    with gunicorn_server(environ, tmp_path_factory.mktemp("tiny") / "log") as running:
        running.wait_until_healthy()
        yield running


def request_for(text: str, **members: object) -> bytes:
    """Return the bytes of a request, for clients that misbehave."""
    body = json.dumps({"model": "kokoro", "voice": "alloy", "input": text, **members})
    return (
        b"POST /v1/audio/speech HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        b"Content-Length: %d\r\n\r\n%s" % (len(body), body.encode())
    )


@pytest.mark.parametrize("stream", [False, True])
def test_a_client_that_goes_away_stops_its_request(tiny_server: Server, stream: bool) -> None:
    before = len(tiny_server.log)
    text = "This is one of very many sentences. " * 120
    with socket.create_connection(("127.0.0.1", tiny_server.port)) as client:
        client.sendall(request_for(text[:4096], stream=stream))
    wait_until(lambda: re.search("Speech cancelled", tiny_server.log[before:]))
    assert "Traceback" not in tiny_server.log
    assert tiny_server.speak("hello").status_code == 200


@pytest.mark.parametrize(
    "form", [{"stream": True}, {"stream_format": "sse", "response_format": "mp3"}]
)
def test_a_client_that_does_not_read_gets_no_more_made_than_a_few_seconds(
    tiny_server: Server, form: dict[str, object]
) -> None:
    before = len(tiny_server.log)
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(("127.0.0.1", tiny_server.port))
        client.sendall(request_for("This is one of very many sentences. " * 100, **form))
        time.sleep(3)
    outcome = re.compile(r"Speech cancelled.* audio_seconds=([\d.]+)")
    wait_until(lambda: outcome.search(tiny_server.log[before:]))
    found = outcome.search(tiny_server.log[before:])
    assert found
    sentence_seconds = 5
    # The kernel gives twice the buffer asked for, and one chunk waits to be written.
    limit = 2 * LOOK_AHEAD_SECONDS + 2 * sentence_seconds
    assert 0 < float(found[1]) < limit


def test_requests_beyond_the_queue_are_429_and_the_others_are_spoken(tmp_path: Path) -> None:
    environ = {"KOKORO_MAX_QUEUE": "1", "KOKORO_CACHE_MB": "0"}
    with gunicorn_server(environ, tmp_path / "log") as running:
        running.wait_until_healthy()
        text = "This takes about as long to speak as a sentence takes."
        with ThreadPoolExecutor(8) as clients:
            replies = list(clients.map(running.speak, [text] * 8))
        refused = [reply for reply in replies if reply.status_code == 429]
        spoken = [reply for reply in replies if reply.status_code == 200]
        assert len(refused) + len(spoken) == 8
        assert len(spoken) >= 2
        assert refused
        assert len({reply.content for reply in spoken}) == 1
        for reply in refused:
            assert int(reply.headers["Retry-After"]) >= 1
            assert reply.json()["error"]["type"] == "rate_limit_error"
        assert running.speak("hello").status_code == 200


def test_two_gunicorn_processes_serve_side_by_side(tmp_path: Path) -> None:
    environ = {"KOKORO_MODEL_PATH": str(TINY_VOICE), "WEB_CONCURRENCY": "2"}
    with gunicorn_server(environ, tmp_path / "log") as running:
        running.wait_until_healthy()
        assert running.log.count("Booting worker") == 2
        while len(processes_that_finished(running.log)) < 2:
            assert running.speak("hello").status_code == 200


def processes_that_finished(log: str) -> set[str]:
    return set(re.findall(r"\[(\d+)\] \[INFO\] app.scheduling.job: Speech finished", log))


def test_a_failure_after_the_first_byte_cuts_the_connection(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{port}", "tests.fake_app:app"]
    with any_server(command, {}, port, tmp_path / "log") as running:
        running.wait_until_healthy()
        assert running.speak("one two", stream=True).status_code == 200
        with pytest.raises(requests.exceptions.ChunkedEncodingError):
            running.speak("one breakdown", stream=True)
        assert running.speak("one two").status_code == 200


def test_the_key_is_asked_for_on_the_wire() -> None:
    environ = {"KOKORO_MODEL_PATH": str(TINY_VOICE), "API_KEY": "s3cret"}
    with gunicorn_server({**environ, "KOKORO_PUBLIC_ENDPOINTS": "health"}) as running:
        running.wait_until_healthy()
        assert running.speak("hello").status_code == 401
        authorized = requests.get(
            f"{running.url}/v1/models", headers={"Authorization": "Bearer s3cret"}
        )
        assert authorized.status_code == 200


def test_flask_run_serves_for_development(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "run", "--port", str(port)]
    environ = {"KOKORO_MODEL_PATH": str(TINY_VOICE)}
    with any_server(command, environ, port, tmp_path / "log") as running:
        running.wait_until_healthy()
        assert running.speak("hello").status_code == 200
        assert running.speak("hello", stream=True).content[:4] == b"RIFF"
        assert "Traceback" not in running.log


def test_ctrl_c_stops_the_server_at_once(tmp_path: Path) -> None:
    with gunicorn_server({"KOKORO_MODEL_PATH": str(TINY_VOICE)}, tmp_path / "log") as running:
        running.wait_until_healthy()
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(15) == 0
        assert "Traceback" not in running.log


def test_gunicorn_finds_its_configuration_by_itself() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "gunicorn", "--print-config", "wsgi:app"],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent.parent,
    )
    values = dict(
        line.split("=", 1) for line in result.stdout.replace(" ", "").splitlines() if "=" in line
    )
    assert values["worker_class"] == "app.server.worker.Worker"
    assert values["preload_app"] == "False"
