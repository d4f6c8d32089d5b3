"""deploy/kokoro-openai-server.service, as far as it can be tested without being installed."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.conftest import TINY_VOICE
from tests.deploy.nginx import DEPLOY
from tests.faults.observe import only_worker
from tests.programs import find
from tests.servers import PROJECT, Server, free_port, server, wait_until

UNIT = (DEPLOY / "kokoro-openai-server.service").read_text()
ANALYZE = find("systemd-analyze") or "systemd-analyze"
# systemd-analyze scores from 0 to 10; below 2 is OK.
MOST_EXPOSED = 2.0


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """Write the unit, with a program that this machine has."""
    program = shutil.which("true")
    assert program
    path = tmp_path / "kokoro-openai-server.service"
    path.write_text(UNIT.replace("/opt/kokoro/bin/kokoro-openai-server", program))
    return path


def analyze(*words: str | Path) -> str:
    done = subprocess.run([ANALYZE, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


@pytest.mark.needs("systemd-analyze")
def test_systemd_finds_nothing_to_warn_of(unit: Path) -> None:
    assert analyze("verify", "--man=no", unit) == ""


@pytest.mark.needs("systemd-analyze")
def test_systemd_finds_the_server_well_shut_in(unit: Path) -> None:
    report = analyze("security", "--offline=true", "--no-pager", unit)
    score = re.search(r"exposure level for \S+: ([\d.]+)", report)
    assert score, report
    assert float(score[1]) < MOST_EXPOSED


class Notifications:
    """The socket on which systemd receives a service's notifications."""

    def __init__(self, path: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(path))

    def next(self, seconds: float = 60) -> str | None:
        """Return the next notification, if one comes in time."""
        self._socket.settimeout(seconds)
        try:
            return self._socket.recv(1000).decode()
        except TimeoutError:
            return None

    def wait_for(self, beginning: str) -> str:
        while message := self.next():
            if message.startswith(beginning):
                return message
        raise AssertionError(f"systemd did not hear of {beginning}")

    def close(self) -> None:
        self._socket.close()


@contextmanager
def as_systemd_does(
    tmp_path: Path, watchdog_usec: int | None = None
) -> Iterator[tuple[Server, Notifications]]:
    """Start the server as the unit does, with the socket to notify."""
    path = tmp_path / "notify"
    port = free_port()
    environ = {"NOTIFY_SOCKET": str(path), "HOST": "127.0.0.1", "PORT": str(port)}
    environ |= {"KOKORO_MODEL_PATH": str(TINY_VOICE), "KOKORO_CACHE_MB": "0"}
    if watchdog_usec:
        environ["WATCHDOG_USEC"] = str(watchdog_usec)
    command = [str(Path(sys.executable).with_name("kokoro-openai-server"))]
    with (
        closing(Notifications(path)) as notifications,
        server(command, environ, port, tmp_path / "log") as running,
    ):
        yield running, notifications


@pytest.mark.slow
def test_the_server_tells_systemd_that_it_listens_and_ends_when_told(tmp_path: Path) -> None:
    with as_systemd_does(tmp_path) as (running, notifications):
        assert (notifications.next() or "").startswith("READY=1")
        running.wait_until_healthy()
        # NotifyAccess=main: the process that systemd started must be gunicorn's.
        os.kill(running.process.pid, signal.SIGTERM)
        assert running.process.wait(30) == 0
        # No watchdog was asked for.
        assert notifications.next(0.1) is None


@pytest.mark.slow
def test_the_watchdog_hears_of_the_server_for_as_long_as_it_answers(tmp_path: Path) -> None:
    with as_systemd_does(tmp_path, watchdog_usec=800_000) as (running, notifications):
        running.wait_until_healthy()
        notifications.wait_for("WATCHDOG=1")
        worker = only_worker(running)
        worker.suspend()
        while notifications.next(0.1):  # skip earlier notifications
            pass
        assert notifications.next(1) is None
        worker.resume()
        notifications.wait_for("WATCHDOG=1")


@pytest.mark.slow
def test_another_server_takes_its_place_and_no_request_fails(tmp_path: Path) -> None:
    """As documented: SIGUSR2, wait for another main process, SIGTERM to the first."""
    is_over = threading.Event()
    asked = 0

    def keep_asking(running: Server) -> set[int]:
        nonlocal asked
        heard = set()
        while not is_over.is_set():
            heard.add(running.speak("hola", voice="ef_dora").status_code)
            asked += 1
        return heard

    with as_systemd_does(tmp_path) as (running, notifications), ThreadPoolExecutor(4) as clients:
        running.wait_until_healthy()
        replies = [clients.submit(keep_asking, running) for _ in range(4)]
        try:
            running.process.send_signal(signal.SIGUSR2)
            successor = int(notifications.wait_for("MAINPID=").removeprefix("MAINPID="))
            try:
                assert running.log.count("Ready to speak") == 2
                running.process.terminate()
                assert running.process.wait(60) == 0
                before = asked
                wait_until(lambda: asked > before + 20)
                is_over.set()
                assert [reply.result() for reply in replies] == [{200}] * 4
            finally:
                os.kill(successor, signal.SIGTERM)
        finally:
            is_over.set()
    assert "Traceback" not in running.log


@pytest.mark.slow
@pytest.mark.needs("systemd-analyze")
def test_the_vocoders_own_code_runs_under_all_that_the_unit_forbids() -> None:
    command = [sys.executable, "-m", "tests.deploy.sandbox", sys.executable]
    environ = {**os.environ, "KOKORO_VOCODER": "native", "KOKORO_PRECISION": "fp32"}
    for words in ("prepare", "check"):
        done = subprocess.run(
            [*command, "-m", "app", words], cwd=PROJECT, env=environ, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
    assert "the vocoder on own kernels" in done.stdout


SANDBOXED = """
import ctypes, mmap, os
def is_refused(call):
    try:
        call()
    except PermissionError:
        return True
writable_and_executable = mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC
print(is_refused(lambda: os.nice(1)))
# PR_GET_MDWE, which Linux before 6.3 does not know
if ctypes.CDLL(None).prctl(66, 0, 0, 0, 0) != -1:
    print(is_refused(lambda: mmap.mmap(-1, 4096, prot=writable_and_executable)))
"""


@pytest.mark.needs("systemd-analyze")
def test_the_sandbox_of_these_tests_refuses_the_same_as_the_units() -> None:
    command = [sys.executable, "-m", "tests.deploy.sandbox", sys.executable, "-c", SANDBOXED]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
    assert set(done.stdout.split()) == {"True"}, done.stderr
