"""A first start or a command that is told to stop ends at once and leaves nothing behind."""

import fcntl
import os
import pty
import select
import shutil
import signal
import socket
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from tests.faults.caches import CACHE_NAME
from tests.faults.fault_voice import write_fault_voice
from tests.servers import PROJECT, START_SECONDS, free_port

HIDDEN, SHOWN = b"\x1b[?25l", b"\x1b[?25h"

END_SECONDS = 15
"""Time for a stopped process to end, however busy the machine is."""

GUNICORN = ["-m", "gunicorn", "wsgi:app"]
COMMAND = ["-m", "app"]
PREPARE = ["-m", "app", "prepare"]
SAY = ["-m", "app", "say", "Hello.", "-o", "/dev/null"]


class Terminal:
    """A process with a terminal of its own, and its output there."""

    def __init__(self, process: "subprocess.Popen[bytes]", keyboard: int) -> None:
        self.process = process
        self.output = b""
        self._keyboard = keyboard

    def press_ctrl_c(self) -> None:
        os.write(self._keyboard, b"\x03")

    def read(self, seconds: float = 0.05) -> bool:
        """Read new output, and return whether there was any."""
        if not select.select([self._keyboard], [], [], seconds)[0]:
            return False
        try:
            said = os.read(self._keyboard, 65_536)
        except OSError:  # no process has it open any more
            return False
        self.output += said
        return bool(said)

    def wait_for(self, health: Callable[[], object]) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not health():
            self.read()
            assert self.process.poll() is None, self.output.decode()
            assert time.monotonic() < deadline, self.output.decode()

    def wait(self) -> int:
        deadline = time.monotonic() + END_SECONDS
        while self.process.poll() is None:
            self.read()
            assert time.monotonic() < deadline, self.output.decode()
        while self.read():
            pass
        return self.process.returncode


@contextmanager
def terminal(arguments: list[str], environ: dict[str, str]) -> Iterator[Terminal]:
    keyboard, screen = pty.openpty()

    def take_terminal() -> None:
        fcntl.ioctl(screen, termios.TIOCSCTTY, 0)

    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=PROJECT,
        env={**os.environ, "TERM": "xterm", **environ},
        stdin=screen,
        stdout=screen,
        stderr=screen,
        start_new_session=True,
        preexec_fn=take_terminal,
    )
    os.close(screen)
    try:
        yield Terminal(process, keyboard)
    finally:
        for each in family(process.pid):
            each.kill()
        process.wait()
        os.close(keyboard)


def family(pid: int) -> list[psutil.Process]:
    """Return a process and all its descendants."""
    try:
        parent = psutil.Process(pid)
        return [parent, *parent.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


@pytest.fixture
def caches(tmp_path: Path) -> Path:
    return tmp_path / "caches"


@pytest.fixture
def environ(caches: Path) -> dict[str, str]:
    return {"XDG_CACHE_HOME": str(caches), "HOST": "127.0.0.1", "PORT": str(free_port())}


def is_preparing(caches: Path) -> bool:
    return any(caches.glob("**/before.onnx"))


def left(caches: Path) -> list[Path]:
    """Return the files of the cache, without locks."""
    return [path for path in (caches / CACHE_NAME).iterdir() if path.suffix != ".lock"]


def assert_all_gone(processes: list[psutil.Process], caches: Path) -> None:
    assert len(processes) > 1
    assert psutil.wait_procs(processes, END_SECONDS)[1] == []
    assert left(caches) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT])
@pytest.mark.parametrize("command", [GUNICORN, COMMAND, PREPARE], ids=["gunicorn", "", "prepare"])
def test_a_start_that_is_told_to_stop_while_it_prepares_ends_with_all_its_processes(
    command: list[str],
    number: signal.Signals,
    environ: dict[str, str],
    caches: Path,
    measured: Callable[[str, object], None],
) -> None:
    with terminal(command, environ) as started:
        started.wait_for(lambda: is_preparing(caches))
        processes = family(started.process.pid)
        started.process.send_signal(number)
        told = time.monotonic()
        assert started.wait() == -number
        measured(f"seconds to end by {number.name} while preparing", time.monotonic() - told)
        assert_all_gone(processes, caches)
    assert b"Traceback" not in started.output
    assert started.output.rfind(SHOWN) > started.output.rfind(HIDDEN) > 0


def test_a_start_that_is_told_to_stop_while_it_prepares_removes_its_pid_file(
    environ: dict[str, str], caches: Path, tmp_path: Path
) -> None:
    pid_file = tmp_path / "pid"
    with terminal([*GUNICORN, "--pid", str(pid_file)], environ) as started:
        started.wait_for(lambda: is_preparing(caches))
        assert pid_file.exists()
        started.process.terminate()
        assert started.wait() == -signal.SIGTERM
    assert not pid_file.exists()


@pytest.mark.parametrize("command", [GUNICORN, SAY], ids=["gunicorn", "say"])
def test_ctrl_c_while_preparing_ends_it_in_silence_and_shows_the_cursor(
    command: list[str], environ: dict[str, str], caches: Path
) -> None:
    with terminal(command, environ) as started:
        started.wait_for(lambda: is_preparing(caches))
        processes = family(started.process.pid)
        started.read()
        said_before = len(started.output)
        started.press_ctrl_c()
        assert started.wait() == -signal.SIGINT
        assert_all_gone(processes, caches)
    last_words = started.output[said_before:]
    assert b"Traceback" not in last_words
    assert b"Error" not in last_words
    assert started.output.rfind(SHOWN) > started.output.rfind(HIDDEN) > 0


@pytest.mark.parametrize("command", [GUNICORN, PREPARE], ids=["gunicorn", "prepare"])
def test_nothing_goes_on_when_the_start_is_killed(
    command: list[str], environ: dict[str, str], caches: Path
) -> None:
    with terminal(command, environ) as started:
        started.wait_for(lambda: is_preparing(caches))
        processes = family(started.process.pid)
        started.process.kill()
        started.wait()
        assert_all_gone(processes, caches)


def test_the_first_process_of_a_container_can_be_told_to_stop(
    environ: dict[str, str], caches: Path
) -> None:
    container = ["unshare", "--pid", "--fork", "--mount-proc"]
    if not shutil.which("unshare") or subprocess.run([*container, "true"]).returncode:
        pytest.skip("no container can be made here")
    command = f"os.execvp('unshare', {[*container, sys.executable, *GUNICORN]!r})"
    with terminal(["-c", f"import os; {command}"], environ) as started:
        started.wait_for(lambda: is_preparing(caches))
        processes = family(started.process.pid)
        processes[1].terminate()
        assert started.wait() == 128 + signal.SIGTERM
        assert_all_gone(processes, caches)


def test_signals_that_are_ignored_stop_nothing(environ: dict[str, str], caches: Path) -> None:
    nohup = f"import os, signal, sys; signal.signal(1, signal.SIG_IGN); {execute(PREPARE)}"
    with terminal(["-c", nohup], environ) as started:
        started.wait_for(lambda: is_preparing(caches))
        started.process.send_signal(signal.SIGHUP)
        started.process.terminate()
        assert started.wait() == -signal.SIGTERM


def execute(command: list[str]) -> str:
    return f"os.execv(sys.executable, [sys.executable, *{command!r}])"


def test_ctrl_c_ends_speech_that_a_command_is_making(tmp_path: Path) -> None:
    write_fault_voice(tmp_path / "voice.onnx")
    environ = {"KOKORO_MODEL_PATH": str(tmp_path / "voice.onnx"), "XDG_CACHE_HOME": str(tmp_path)}
    output = tmp_path / "speech.wav"
    with terminal([*COMMAND, "say", "It begins. Does it end?", "-o", str(output)], environ) as say:
        say.wait_for(lambda: b"Spoke " in say.output)
        say.press_ctrl_c()
        assert say.wait() == -signal.SIGINT
    assert b"Traceback" not in say.output
    assert not output.exists()


def test_ctrl_c_ends_a_download_that_hangs(environ: dict[str, str], tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(END_SECONDS)
        proxy = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with terminal([*COMMAND, "download"], {**environ, "HTTPS_PROXY": proxy}) as download:
            connection, _ = silent.accept()
            with connection:
                download.press_ctrl_c()
                assert download.wait() == -signal.SIGINT
    assert b"Traceback" not in download.output
