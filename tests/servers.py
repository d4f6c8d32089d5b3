"""Starts the servers under test as a user would: as processes, on free ports."""

import io
import os
import random
import socket
import subprocess
import sys
import time
import wave
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import requests

PROJECT = Path(__file__).parent.parent
# The first start prepares the model, and the machine may be busy with other things.
START_SECONDS = 180
STOP_SECONDS = 30

SERVER_PORTS = range(20_000, 30_000)
"""Below the ports that Linux gives to clients."""


class Server:
    """A server process and its address."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int, log: Path | None) -> None:
        self.process = process
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self._log = log

    @property
    def log(self) -> str:
        """The output of the process so far."""
        return self._log.read_text() if self._log else ""

    def wait_until_healthy(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            assert self.process.poll() is None, f"the server ended:\n{self.log}"
            try:
                if requests.get(f"{self.url}/health", timeout=5).status_code == 200:
                    return
            except (requests.ConnectionError, requests.Timeout):
                pass
            time.sleep(0.1)
        raise AssertionError(f"not healthy after {START_SECONDS} s:\n{self.log}")

    def speak(self, text: str, **members: object) -> requests.Response:
        body = {"model": "tts-1", "input": text, "voice": "af_heart", **members}
        return requests.post(f"{self.url}/v1/audio/speech", json=body, timeout=120)


def free_port() -> int:
    """Return a free port, which neither another test process nor a client's connection gets.

    A port that is free now may be taken before its server listens: Linux may give it to the client
    of any connection, even one to this very port, if it is in the range for clients.
    """
    number, processes = _test_process()
    for port in random.sample(SERVER_PORTS[number::processes], 100):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("there is no free port")


def _test_process() -> tuple[int, int]:
    """Return the number of this process of pytest-xdist, from 0, and how many there are."""
    name = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    return int(name.removeprefix("gw")), int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))


@contextmanager
def server(
    command: list[str],
    environ: Mapping[str, str],
    port: int,
    log: Path | None = None,
    folder: Path = PROJECT,
) -> Iterator[Server]:
    """Run `command` from `folder` and end it afterwards."""
    environ = {**os.environ, **environ}
    with (
        log.open("wb") if log else open(os.devnull, "wb") as output,
        subprocess.Popen(
            command, cwd=folder, env=environ, stdout=output, stderr=subprocess.STDOUT
        ) as process,
    ):
        try:
            yield Server(process, port, log)
        finally:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()


@contextmanager
def gunicorn_server(environ: Mapping[str, str], log: Path | None = None) -> Iterator[Server]:
    """Run `gunicorn wsgi:app` with the given settings."""
    port = free_port()
    settings = {"HOST": "127.0.0.1", "PORT": str(port), **environ}
    with server([sys.executable, "-m", "gunicorn", "wsgi:app"], settings, port, log) as running:
        yield running


@contextmanager
def openai_server(environ: Mapping[str, str], log: Path | None = None) -> Iterator[Server]:
    """Run `kokoro-openai-server --openai`, which is gunicorn, with the given settings beside it."""
    port = free_port()
    flags = ["--openai", "--host", "127.0.0.1", "--port", str(port)]
    with server([sys.executable, "-m", "app", *flags], environ, port, log) as running:
        yield running


def seconds(wav: bytes) -> float:
    """Return the playing time of a WAV file."""
    with wave.open(io.BytesIO(wav)) as file:
        return file.getnframes() / file.getframerate()


def wait_until(condition: Callable[[], object], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)
