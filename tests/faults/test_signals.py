"""Signals to the server's processes in mid-stream cut only what they must."""

import http.client
import json
import re
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
import pytest

from tests.faults.fault_voice import write_fault_voice
from tests.faults.observe import only_worker, workers
from tests.faults.recovery import (
    SENTENCE,
    alone,
    is_idle,
    speaks_correctly,
    unharmed,
    wait_for,
    working_and_waiting,
)
from tests.faults.wire import connected, reply_on, speech_request
from tests.servers import Server, gunicorn_server

LONG_TEXT = " ".join(f"This is sentence number {number} of many." for number in range(99))
"""About 10 MB of speech, which is more than the kernel buffers."""

BEGINS = "It begins. Does it end?"
"""A text that the fault voice speaks without end, until it is stopped."""

CLIENTS = 4


@contextmanager
def fault_server(folder: Path, **settings: str) -> Iterator[Server]:
    write_fault_voice(folder / "voice.onnx")
    model = str(folder / "voice.onnx")
    environ = {"KOKORO_MODEL_PATH": model, "KOKORO_CACHE_MB": "0", **settings}
    with gunicorn_server(environ, folder / "log") as running:
        running.wait_until_healthy()
        yield running


@pytest.fixture(scope="module")
def surviving_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that survives the signals of its tests."""
    with fault_server(tmp_path_factory.mktemp("signals")) as running:
        yield running


@contextmanager
def begun_stream(
    server: Server, text: str = LONG_TEXT, **members: object
) -> Iterator[http.client.HTTPResponse]:
    """A stream that has begun; most of it is made only when its client reads on."""
    with connected(server) as client:
        client.sendall(speech_request(text, stream=True, response_format="pcm", **members))
        with closing(reply_on(client)) as reply:
            yield reply


@contextmanager
def stalled_stream(server: Server) -> Iterator[http.client.HTTPResponse]:
    """A stream that waits, and is made further only when its client reads on."""
    with begun_stream(server) as reply:
        wait_for(lambda: is_idle(server), server)
        yield reply


def test_a_worker_that_is_killed_costs_its_streams_and_is_replaced(
    surviving_server: Server, measured: Callable[[str, object], None]
) -> None:
    expected = alone(surviving_server, SENTENCE)
    whole = alone(surviving_server, LONG_TEXT, response_format="pcm")
    with (
        unharmed(surviving_server),
        stalled_stream(surviving_server) as reply,
        begun_stream(surviving_server, BEGINS) as endless,
    ):
        wait_for(lambda: working_and_waiting(surviving_server) == (1, 0), surviving_server)
        assert whole.startswith(reply.read(1000))
        victim = only_worker(surviving_server)
        victim.kill()
        killed = time.monotonic()
        speaks_correctly(surviving_server, expected)
        measured("seconds from kill -9 to serving again", round(time.monotonic() - killed, 1))
        assert_is_cut(reply)
        assert_is_cut(endless)
        assert only_worker(surviving_server) != victim


def test_a_reload_costs_no_request(surviving_server: Server) -> None:
    texts = [f"Client number {number} goes on." for number in range(CLIENTS)]
    sounds = {text: alone(surviving_server, text) for text in texts}
    whole = alone(surviving_server, LONG_TEXT, response_format="pcm")
    is_over = threading.Event()

    def keep_asking(text: str) -> set[bytes]:
        heard = set()
        while not is_over.is_set():
            heard.add(alone(surviving_server, text))
        return heard

    with (
        unharmed(surviving_server),
        begun_stream(surviving_server) as reply,
        ThreadPoolExecutor(CLIENTS) as clients,
    ):
        heard = [clients.submit(keep_asking, text) for text in texts]
        surviving_server.process.send_signal(signal.SIGHUP)
        try:
            wait_for(lambda: len(workers(surviving_server)) == 2, surviving_server)
            new = workers(surviving_server)[-1]
            wait_for(lambda: speeches_by(new, surviving_server) > 10, surviving_server)
        finally:
            is_over.set()
        assert [each.result() for each in heard] == [{sounds[text]} for text in texts]
        assert reply.read() == whole
        wait_for(lambda: workers(surviving_server) == [new], surviving_server)
    assert "Traceback" not in surviving_server.log


def speeches_by(worker: psutil.Process, server: Server) -> int:
    return len(re.findall(rf"\[{worker.pid}\] .*: Speech finished", server.log))


def test_a_server_that_is_told_to_stop_says_so_at_once_and_finishes_what_it_began(
    tmp_path: Path,
) -> None:
    with fault_server(tmp_path) as stopping:
        whole = alone(stopping, LONG_TEXT, response_format="pcm")
        prober = http.client.HTTPConnection("127.0.0.1", stopping.port, timeout=60)
        with closing(prober), begun_stream(stopping) as reply:
            assert readiness(prober) == (200, "ok")
            stopping.process.terminate()
            while (answer := readiness(prober)) == (200, "ok"):
                time.sleep(0.05)
            assert answer == (503, "draining")
            assert stopping.process.poll() is None
            assert reply.read() == whole
        assert stopping.process.wait(60) == 0
        assert_ended_by_itself(stopping)


def readiness(prober: http.client.HTTPConnection) -> tuple[int, str]:
    prober.request("GET", "/health/ready")
    reply = prober.getresponse()
    return reply.status, json.loads(reply.read())["status"]


def assert_ended_by_itself(server: Server) -> None:
    assert "Worker exiting" in server.log
    assert "SIGKILL" not in server.log
    assert "Traceback" not in server.log


def test_speech_that_outlasts_the_time_for_draining_is_cut(tmp_path: Path) -> None:
    settings = {"KOKORO_DRAIN_SECONDS": "1", "KOKORO_WORKERS": "3"}
    with (
        fault_server(tmp_path, **settings) as stopping,
        stalled_stream(stopping) as stalled,
        begun_stream(stopping, BEGINS) as audio,
        begun_stream(stopping, BEGINS, stream_format="sse") as events,
        connected(stopping) as whole,
    ):
        whole.sendall(speech_request(BEGINS))
        wait_for(lambda: working_and_waiting(stopping) == (3, 0), stopping)
        stopping.process.terminate()
        assert_is_cut(audio)
        *_, last = events.read().decode().rstrip().split("\n\n")
        error = json.loads(last.partition("data: ")[2])
        assert error["type"] == "error"
        assert error["error"]["code"] == "server_stopping"
        refusal = reply_on(whole)
        assert refusal.status == 503
        assert json.loads(refusal.read())["error"]["code"] == "server_stopping"
        assert stopping.process.wait(60) == 0
        assert_is_cut(stalled)
        assert_ended_by_itself(stopping)


def assert_is_cut(reply: http.client.HTTPResponse) -> None:
    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        reply.read()
