"""Inference that fails, makes no sound, takes for ever or too long harms its own request only."""

import base64
import json
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from tests.faults.broken_while import BROKEN_WHILE
from tests.faults.fault_voice import write_fault_voice
from tests.faults.impatient import impatient_server
from tests.faults.observe import only_worker
from tests.faults.recovery import (
    RECOVERY_SECONDS,
    SENTENCE,
    alone,
    is_idle,
    scraped,
    speaks_correctly,
    unharmed,
    wait_for,
)
from tests.servers import Server, free_port, server

ALL_FORMATS = ("wav", "pcm", "mp3", "opus", "aac", "flac")
INFERENCE_FAILED = "The speech could not be made: inference failed."
TOOK_TOO_LONG = "The speech could not be made: inference took too long."

NOT_FINITE = "This is not finite!"
ENDLESS = "Does this end?"
"""What `fault_voice` cannot do."""

SAID = "All of this is said."


@pytest.fixture(scope="module")
def real_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """gunicorn as it is, with a model that fails in ONNX Runtime; no chunk may take over 2 s."""
    folder = tmp_path_factory.mktemp("fault-voice")
    write_fault_voice(folder / "voice.onnx")
    settings = {"KOKORO_REQUEST_TIMEOUT": "10", "XDG_CACHE_HOME": str(folder)}
    with impatient_server(folder / "log", model=folder / "voice.onnx", **settings) as running:
        yield running


@pytest.fixture(scope="module")
def breaking_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """While this file is there, no inference of `fake_server` works."""
    return tmp_path_factory.mktemp("breaking") / "broken"


@pytest.fixture(scope="module")
def fake_server(breaking_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """gunicorn with the engine of `fault_app`; no chunk may take over 1 s."""
    port = free_port()
    environ = {
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "KOKORO_REQUEST_TIMEOUT": "5",
        "KOKORO_EXTRA_FORMATS": "mp3,opus,aac,flac",
        BROKEN_WHILE: str(breaking_file),
    }
    command = [sys.executable, "-m", "gunicorn", "tests.faults.fault_app:app"]
    log = tmp_path_factory.mktemp("fault-app") / "log"
    with server(command, environ, port, log) as running:
        running.wait_until_healthy()
        yield running


def test_a_run_of_the_model_that_is_not_finite_is_an_error_and_no_noise(
    real_server: Server,
) -> None:
    with unharmed(real_server):
        for response_format in ("wav", "pcm"):
            refused = real_server.speak(NOT_FINITE, response_format=response_format)
            assert_refused(refused, 500, INFERENCE_FAILED)
            assert ready(real_server) == (200, "ok")
        said = alone(real_server, SAID, response_format="pcm")
        breaks_off(real_server, f"{SAID} {NOT_FINITE}", said, INFERENCE_FAILED)
        assert ready(real_server) == (200, "ok")


def test_a_run_of_the_model_that_does_not_end_is_stopped(real_server: Server) -> None:
    pid = only_worker(real_server).pid
    with unharmed(real_server):
        assert_refused(real_server.speak(ENDLESS), 500, TOOK_TOO_LONG)
        wait_for(lambda: ready(real_server) == (200, "ok"), real_server)
        said = alone(real_server, SAID, response_format="pcm")
        breaks_off(real_server, f"{SAID} {ENDLESS}", said, TOOK_TOO_LONG)
    assert only_worker(real_server).pid == pid


def test_those_who_wait_behind_a_run_that_hangs_get_their_own_speech(real_server: Server) -> None:
    texts = [f"Number {number} is waiting." for number in ("one", "two", "three", "four")]
    expected = [alone(real_server, text) for text in texts]
    with unharmed(real_server), ThreadPoolExecutor() as clients:
        hanging = clients.submit(real_server.speak, ENDLESS)
        wait_for(lambda: busy_workers(real_server) == 1, real_server)
        replies = list(clients.map(real_server.speak, texts))
        assert [reply.content for reply in replies] == expected
        assert_refused(hanging.result(), 500, TOOK_TOO_LONG)


def test_kokoro_is_stopped_in_a_run_that_hangs_and_at_the_time_limit(tmp_path: Path) -> None:
    many_sentences = "All is well here. " * 220
    # A fast machine must need more than 4 s for a run of it, a slow one less for any run above.
    one_sentence, slowly = "on and " * 100, {"speed": 0.25}
    with (
        impatient_server(tmp_path / "log", model=None, KOKORO_REQUEST_TIMEOUT="20") as kokoro,
        ThreadPoolExecutor() as clients,
    ):
        expected = alone(kokoro, SENTENCE)
        long = clients.submit(kokoro.speak, many_sentences)
        wait_for(lambda: busy_workers(kokoro) == 1, kokoro)
        assert_refused(kokoro.speak(one_sentence, **slowly), 500, TOOK_TOO_LONG)
        limit = "The speech took more than 20 s (KOKORO_REQUEST_TIMEOUT): send shorter texts."
        assert_refused(long.result(), 504, limit, code="request_timeout")
        wait_for(lambda: ready(kokoro) == (200, "ok"), kokoro)
        speaks_correctly(kokoro, expected)
        wait_for(lambda: is_idle(kokoro), kokoro)


@pytest.mark.parametrize("response_format", ALL_FORMATS)
def test_samples_that_are_not_finite_are_an_error_in_every_format(
    fake_server: Server, response_format: str
) -> None:
    as_one = {"response_format": response_format, "stream": False}
    assert alone(fake_server, "one two three", **as_one)
    for text in ("nan", "one nan three"):
        refused = fake_server.speak(text, **as_one)
        assert_refused(refused, 500, INFERENCE_FAILED)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("breakdown", INFERENCE_FAILED),
        ("nan", INFERENCE_FAILED),
        ("bug", "The server failed on this request; its log says why."),
        ("endless", TOOK_TOO_LONG),
    ],
)
def test_an_engine_that_fails_harms_one_request(
    fake_server: Server, text: str, message: str
) -> None:
    pid = only_worker(fake_server).pid
    with unharmed(fake_server):
        assert_refused(fake_server.speak(text), 500, message)
        said = alone(fake_server, "one two", response_format="pcm")
        breaks_off(fake_server, f"one two {text} four", said, message)
        wait_for(lambda: ready(fake_server) == (200, "ok"), fake_server)
    assert only_worker(fake_server).pid == pid


def test_who_takes_too_long_is_told_so(fake_server: Server) -> None:
    limit = "The speech took more than 5 s (KOKORO_REQUEST_TIMEOUT): send shorter texts."
    said = 60 * alone(fake_server, "slow", response_format="pcm")
    with unharmed(fake_server), ThreadPoolExecutor() as clients:
        whole = clients.submit(fake_server.speak, "slow " * 60)
        breaks_off(fake_server, "slow " * 60, said, limit)
        assert_refused(whole.result(), 504, limit, code="request_timeout")
        assert ready(fake_server) == (200, "ok")


def test_a_broken_engine_is_not_ready_until_it_works_again(
    fake_server: Server, breaking_file: Path
) -> None:
    with unharmed(fake_server):
        breaking_file.touch()
        assert_refused(fake_server.speak("Hello"), 500, INFERENCE_FAILED)
        for _ in range(3):
            assert ready(fake_server) == (503, "inference is broken")
            assert live(fake_server) == 200
        breaking_file.unlink()
        wait_for(lambda: ready(fake_server) == (200, "ok"), fake_server)


def test_a_worker_whose_engine_is_deaf_to_the_stop_is_replaced(fake_server: Server) -> None:
    expected = alone(fake_server, SENTENCE)
    worker = only_worker(fake_server)
    with unharmed(fake_server):
        with ThreadPoolExecutor() as clients:
            hanging = clients.submit(fake_server.speak, "deaf")
            wait_for(lambda: ready(fake_server) == (503, "inference hangs"), fake_server)
            assert live(fake_server) == 200
            with pytest.raises(requests.ConnectionError):
                hanging.result()
        assert speaks_correctly(fake_server, expected) < RECOVERY_SECONDS
        assert not worker.is_running()
    assert "Inference hangs and cannot be stopped." in fake_server.log


def assert_refused(
    reply: requests.Response, status: int, message: str, code: str | None = None
) -> None:
    """Show that a request was answered with an error of OpenAI's shape."""
    assert reply.status_code == status, reply.content[:500]
    assert reply.json() == {
        "error": {"message": message, "type": "api_error", "param": None, "code": code}
    }


def breaks_off(running: Server, text: str, said: bytes, message: str) -> None:
    """Show that streams begin to say what was `said`, and then break off so that nobody takes that
    for an end.
    """
    body = {"model": "tts-1", "input": text, "voice": "af_heart", "response_format": "pcm"}

    heard, is_complete = stream_of(running, {**body, "stream": True})
    assert not is_complete
    assert_begins(said, heard)

    lines, _ = stream_of(running, {**body, "stream_format": "sse"})
    *deltas, end = (json.loads(line.removeprefix(b"data: ")) for line in lines.splitlines()[::2])
    assert_begins(said, b"".join(base64.b64decode(delta["audio"]) for delta in deltas))
    assert end["type"] == "error"
    assert end["error"]["message"] == message


def assert_begins(said: bytes, heard: bytes) -> None:
    """Show that what was `heard` is a beginning of what was `said`, apart from pauses."""
    assert heard
    assert said.rstrip(b"\0").startswith(heard.rstrip(b"\0"))


def stream_of(running: Server, body: dict[str, object]) -> tuple[bytes, bool]:
    """The body of a stream as far as it came, and whether that was its end."""
    url = f"{running.url}/v1/audio/speech"
    heard = b""
    with requests.post(url, json=body, stream=True, timeout=60) as reply:
        assert reply.status_code == 200
        try:
            for data in reply.iter_content(None):
                heard += data
        except requests.exceptions.ChunkedEncodingError:
            return heard, False
    return heard, True


def ready(running: Server) -> tuple[int, str]:
    """What `/health/ready` answers."""
    reply = requests.get(f"{running.url}/health/ready", timeout=10)
    return reply.status_code, reply.json()["status"]


def live(running: Server) -> int:
    """The status of `/health/live`."""
    return requests.get(f"{running.url}/health/live", timeout=10).status_code


def busy_workers(running: Server) -> float:
    return scraped(running).value("kokoro_busy_workers")
