"""Clients that leave at each stage of a request, that hardly read, or that stall for good."""

import socket
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import IncompleteRead
from pathlib import Path

import pytest

from app.web.delivery.stream import LOOK_AHEAD_SECONDS
from tests.faults.fault_voice import write_fault_voice
from tests.faults.impatient import impatient_server
from tests.faults.recovery import alone, is_idle, scraped, unharmed, wait_for, working_and_waiting
from tests.faults.wire import connected, reply_on, reset, speech_request
from tests.servers import Server, free_port, gunicorn_server, seconds
from tests.servers import server as any_server

ENDLESS = "Does it end?"
"""A text that the fault voice speaks without end, until it is stopped."""

BEGINS = "It begins. Does it end?"
NEIGHBOURS_TEXT = "Four horses cross the river."
LONG_TEXT = " ".join(f"This is sentence number {number} of many." for number in range(99))
"""About 10 MB of speech, which is more than the kernel buffers."""

LONGEST_SENTENCE_SECONDS = 5

AtStage = Callable[[Server, socket.socket], None]


@pytest.fixture(scope="module")
def fault_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("clients")
    write_fault_voice(folder / "voice.onnx")
    environ = {"KOKORO_MODEL_PATH": str(folder / "voice.onnx"), "KOKORO_CACHE_MB": "0"}
    environ["KOKORO_WORKERS"] = "1"
    with gunicorn_server(environ, folder / "log") as running:
        running.wait_until_healthy()
        yield running


def cancelled(server: Server) -> float:
    """Return the number of speeches that ended because their client had left."""
    return scraped(server).value("kokoro_speeches_total", outcome="cancelled")


def audio_seconds(server: Server) -> float:
    """Return the seconds of audio that were made for requests that have ended."""
    return scraped(server).value("kokoro_audio_seconds_total")


def at_once(server: Server, client: socket.socket) -> None:
    """Leave as soon as the request has been sent."""


def at_work(server: Server, client: socket.socket) -> None:
    """Leave while a worker is busy with the request."""
    wait_for(lambda: working_and_waiting(server) == (1, 0), server)


def at_the_first_sound(server: Server, client: socket.socket) -> None:
    """Leave after the first sound, while a worker makes more."""
    heard = b""
    while b"RIFF" not in heard:
        heard += client.recv(1000)
    at_work(server, client)


STAGES = {
    "in the headers": (speech_request(ENDLESS)[:40], at_once, 0),
    "in the body": (speech_request(ENDLESS)[:-10], at_once, 0),
    "before the first sound": (speech_request(ENDLESS, stream=True), at_work, 1),
    "in mid-stream": (speech_request(BEGINS, stream=True), at_the_first_sound, 1),
    "before the whole is made": (speech_request(BEGINS), at_work, 1),
}
"""The bytes sent, the wait before leaving, and the number of speeches that this cancels."""


@pytest.mark.parametrize(("sent", "at_stage", "cancels"), STAGES.values(), ids=STAGES)
def test_a_client_that_leaves_harms_no_other(
    fault_server: Server, sent: bytes, at_stage: AtStage, cancels: int
) -> None:
    expected = alone(fault_server, NEIGHBOURS_TEXT)
    with unharmed(fault_server), ThreadPoolExecutor() as others:
        for leave in (socket.socket.close, reset):
            before = cancelled(fault_server)
            with connected(fault_server) as client:
                client.sendall(sent)
                at_stage(fault_server, client)
                neighbour = others.submit(alone, fault_server, NEIGHBOURS_TEXT)
                leave(client)
            assert neighbour.result() == expected
            wait_for(lambda: cancelled(fault_server) == before + cancels, fault_server)  # noqa: B023
    assert "Traceback" not in fault_server.log


def test_nothing_is_spoken_for_a_client_that_left_the_queue(fault_server: Server) -> None:
    expected = alone(fault_server, NEIGHBOURS_TEXT)
    before = cancelled(fault_server)
    with (
        unharmed(fault_server),
        ThreadPoolExecutor() as others,
        connected(fault_server) as speaker,
        connected(fault_server) as waiting,
    ):
        speaker.sendall(speech_request(ENDLESS))
        at_work(fault_server, speaker)
        waiting.sendall(speech_request(ENDLESS))
        wait_for(lambda: working_and_waiting(fault_server) == (1, 1), fault_server)
        neighbour = others.submit(alone, fault_server, NEIGHBOURS_TEXT)
        wait_for(lambda: working_and_waiting(fault_server) == (1, 2), fault_server)
        waiting.close()
        wait_for(lambda: working_and_waiting(fault_server) == (1, 1), fault_server)
        assert cancelled(fault_server) == before + 1
        speaker.close()
        assert neighbour.result() == expected
    assert "Traceback" not in fault_server.log


def test_a_client_that_leaves_before_the_model_is_loaded_is_forgotten(tmp_path: Path) -> None:
    port, loaded_when = free_port(), tmp_path / "loaded"
    command = [sys.executable, "-m", "gunicorn", "tests.faults.held_app:app"]
    environ = {"HOST": "127.0.0.1", "PORT": str(port), "LOADED_WHEN": str(loaded_when)}
    with any_server(command, environ, port, tmp_path / "log") as running:
        wait_for(lambda: "Booting worker" in running.log, running)
        with connected(running) as leaving, ThreadPoolExecutor() as others:
            leaving.sendall(speech_request("nobody hears this"))
            neighbour = others.submit(alone, running, "somebody hears this")
            leaving.close()
            wait_for(lambda: "status=499" in running.log, running)
            loaded_when.touch()
            assert neighbour.result() == alone(running, "somebody hears this")
        wait_for(lambda: is_idle(running), running)
        assert scraped(running).value("kokoro_speeches_total", outcome="cancelled") == 0
        assert "Traceback" not in running.log


def test_a_reader_at_1_kb_a_second_holds_no_worker_and_little_is_made_for_it(
    fault_server: Server,
) -> None:
    expected = alone(fault_server, NEIGHBOURS_TEXT)
    neighbours_seconds = 0.0
    with unharmed(fault_server), connected(fault_server, receive_bytes=4096) as reader:
        before = audio_seconds(fault_server)
        reader.sendall(speech_request(LONG_TEXT, stream=True))
        for _ in range(8):
            assert reader.recv(1024)
            assert alone(fault_server, NEIGHBOURS_TEXT) == expected
            neighbours_seconds += seconds(expected)
            time.sleep(1)
        wait_for(lambda: working_and_waiting(fault_server) == (0, 0), fault_server)
        cancelled_before = cancelled(fault_server)
        reader.close()
        wait_for(lambda: cancelled(fault_server) == cancelled_before + 1, fault_server)
        made = audio_seconds(fault_server) - before - neighbours_seconds
    # The kernel gives twice the buffer asked for, and one chunk waits to be written.
    assert 0 < made < 2 * LOOK_AHEAD_SECONDS + 2 * LONGEST_SENTENCE_SECONDS


def test_a_reader_that_stalls_for_good_is_cut(tmp_path: Path) -> None:
    with (
        impatient_server(tmp_path / "log") as running,
        unharmed(running),
        connected(running, receive_bytes=4096) as reader,
    ):
        reader.sendall(speech_request(LONG_TEXT, stream=True))
        with closing(reply_on(reader)) as reply:
            assert reply.read(1000)
            wait_for(lambda: cancelled(running) == 1, running)
            assert "Traceback" not in running.log
            with pytest.raises((ConnectionError, IncompleteRead)):
                reply.read()
