"""deploy/kokoro-openai-server.service, as far as it can be judged without being installed."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.deploy.nginx import DEPLOY
from tests.servers import free_port, server

UNIT = (DEPLOY / "kokoro-openai-server.service").read_text()
ANALYZE = shutil.which("systemd-analyze") or "systemd-analyze"
# The score of systemd-analyze runs from 0 to 10; below 2 it says OK.
MOST_EXPOSED = 2.0


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit, with a program that this machine has."""
    program = shutil.which("true")
    assert program
    path = tmp_path / "kokoro-openai-server.service"
    path.write_text(UNIT.replace("/opt/kokoro/bin/kokoro-openai-server", program))
    return path


def analyze(*words: str | Path) -> str:
    done = subprocess.run([ANALYZE, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_systemd_finds_nothing_to_warn_of(unit: Path) -> None:
    assert analyze("verify", "--man=no", unit) == ""


def test_systemd_finds_the_server_well_shut_in(unit: Path) -> None:
    report = analyze("security", "--offline=true", "--no-pager", unit)
    score = re.search(r"exposure level for \S+: ([\d.]+)", report)
    assert score, report
    assert float(score[1]) < MOST_EXPOSED


@pytest.mark.slow
def test_the_server_tells_systemd_that_it_listens_and_ends_when_told(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notifications:
        notifications.bind(str(tmp_path / "notify"))
        notifications.settimeout(60)
        port = free_port()
        environ = {"NOTIFY_SOCKET": str(tmp_path / "notify"), "HOST": "127.0.0.1"}
        command = [str(Path(sys.executable).with_name("kokoro-openai-server"))]
        with server(command, {**environ, "PORT": str(port)}, port, tmp_path / "log") as running:
            assert b"READY=1" in notifications.recv(1000)
            running.wait_until_healthy()
            # NotifyAccess is for the process that systemd has started, which must be gunicorn's.
            os.kill(running.process.pid, signal.SIGTERM)
            assert running.process.wait(30) == 0
