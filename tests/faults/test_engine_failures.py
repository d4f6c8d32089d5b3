"""An engine that fails, hangs or takes too long harms only the request that it fails on."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from tests.faults.broken_speech import (
    INFERENCE_FAILED,
    TOOK_TOO_LONG,
    assert_refused,
    breaks_off,
    live,
    ready,
)
from tests.faults.broken_while import BROKEN_WHILE
from tests.faults.observe import only_worker
from tests.faults.recovery import (
    RECOVERY_SECONDS,
    SENTENCE,
    alone,
    speaks_correctly,
    unharmed,
    wait_for,
)
from tests.servers import Server, free_port, server

ALL_FORMATS = ("wav", "pcm", "mp3", "opus", "aac", "flac")


@pytest.fixture(scope="module")
def breaking_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that breaks all inference of `fake_server` while it exists."""
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


def test_speech_that_takes_too_long_is_an_error_that_says_so(fake_server: Server) -> None:
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
