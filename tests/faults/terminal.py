"""Starts and commands in a terminal of their own, and their processes and files."""

import fcntl
import os
import pty
import select
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.faults.caches import CACHE_NAME
from tests.servers import PROJECT, START_SECONDS

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

    def wait_for(self, condition: Callable[[], object]) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not condition():
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


def is_preparing(caches: Path) -> bool:
    return any(caches.glob("**/before.onnx"))


def left(caches: Path) -> list[Path]:
    """Return the files of the cache, without locks."""
    return [path for path in (caches / CACHE_NAME).iterdir() if path.suffix != ".lock"]


def assert_all_gone(processes: list[psutil.Process], caches: Path) -> None:
    assert len(processes) > 1
    assert psutil.wait_procs(processes, END_SECONDS)[1] == []
    assert left(caches) == []
