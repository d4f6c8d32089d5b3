"""A model that fails or hangs in ONNX Runtime harms only the request that it fails on."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.faults.broken_speech import (
    INFERENCE_FAILED,
    TOOK_TOO_LONG,
    assert_refused,
    breaks_off,
    busy_workers,
    ready,
)
from tests.faults.fault_voice import write_fault_voice
from tests.faults.impatient import impatient_server
from tests.faults.observe import only_worker
from tests.faults.recovery import (
    SENTENCE,
    alone,
    is_idle,
    speaks_correctly,
    unharmed,
    wait_for,
)
from tests.servers import Server

NOT_FINITE = "This is not finite!"
ENDLESS = "Does this end?"
"""Texts on which the model of `fault_voice` fails."""

SAID = "All of this is said."


@pytest.fixture(scope="module")
def real_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """gunicorn with a model that fails in ONNX Runtime; no chunk may take over 2 s."""
    folder = tmp_path_factory.mktemp("fault-voice")
    write_fault_voice(folder / "voice.onnx")
    settings = {"KOKORO_REQUEST_TIMEOUT": "10", "XDG_CACHE_HOME": str(folder)}
    with impatient_server(folder / "log", model=folder / "voice.onnx", **settings) as running:
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


def test_requests_behind_a_run_that_hangs_get_their_own_speech(real_server: Server) -> None:
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
    # One run of it must take over 4 s on a fast machine, and any run above less on a slow one.
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
