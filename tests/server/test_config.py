"""A start reports a bad address at once, and the URL of the playground at the end."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest

from app.version import __version__
from tests.conftest import TINY_VOICE
from tests.servers import PROJECT, free_port, gunicorn_server, server, wait_until

pytestmark = pytest.mark.slow

GUNICORN = [sys.executable, "-m", "gunicorn", "wsgi:app"]
COMMAND = [sys.executable, "-m", "app"]
TINY = {"KOKORO_MODEL_PATH": str(TINY_VOICE)}


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program listens on."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


@pytest.mark.parametrize(
    ("command", "log_format", "remedy"),
    [
        (GUNICORN, "console", "PORT="),
        (GUNICORN, "json", "PORT="),
        (COMMAND, "console", "--port "),
        ([*GUNICORN, "-b", "localhost:{}"], "console", "-b localhost:"),
    ],
    ids=["gunicorn", "json", "command", "bind"],
)
def test_a_port_that_is_taken_ends_the_start_in_one_line_before_the_model_is_prepared(
    command: list[str], log_format: str, remedy: str, taken: int, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    settings = {"HOST": "127.0.0.1", "PORT": str(taken), "LOG_FORMAT": log_format}
    result = subprocess.run(
        [argument.format(taken) for argument in command],
        cwd=PROJECT,
        env={**os.environ, **settings, "XDG_CACHE_HOME": str(cache)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode == 1
    (line,) = (result.stdout + result.stderr).splitlines()
    assert f"Port {taken} is taken" in line
    assert remedy in line
    assert not cache.exists()


@pytest.mark.parametrize("command", [GUNICORN, COMMAND], ids=["gunicorn", "command"])
def test_a_master_takes_over_the_port_of_the_one_it_replaces(
    command: list[str], tmp_path: Path
) -> None:
    port = free_port()
    environ = {**TINY, "HOST": "127.0.0.1", "PORT": str(port)}
    with server(command, environ, port, tmp_path / "log") as old:
        old.wait_until_healthy()
        old.process.send_signal(signal.SIGUSR2)
        wait_until(lambda: old.log.count("Ready to speak") == 2)
        (new,) = [
            child
            for child in psutil.Process(old.process.pid).children()
            if child.children()  # unlike workers
        ]
        new.terminate()
        new.wait(30)
        assert old.speak("hello").status_code == 200
    assert "taken" not in old.log


def test_sockets_opened_by_systemd_are_used(taken: int, tmp_path: Path) -> None:
    # The port in the settings is taken, but the server does not ask for it.
    port = free_port()
    activated = f"""
import os, socket, sys
opened = socket.create_server(("127.0.0.1", {port}))
os.dup2(opened.fileno(), 3)
os.set_inheritable(3, True)
os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "wsgi:app"])
"""
    environ = {**TINY, "HOST": "127.0.0.1", "PORT": str(taken)}
    command = [sys.executable, "-c", activated]
    with server(command, environ, port, tmp_path / "log") as running:
        running.wait_until_healthy()


def test_a_unix_socket_is_served_and_named_in_the_log(tmp_path: Path) -> None:
    path = tmp_path / "socket"
    command = [*GUNICORN, "-b", f"unix:{path}"]
    with server(command, TINY, 0, tmp_path / "log") as running:
        wait_until(lambda: f"Ready to speak. Listening on {path}." in running.log)


def test_the_log_of_a_first_start_tells_its_progress_and_then_the_url(tmp_path: Path) -> None:
    with gunicorn_server({**TINY, "XDG_CACHE_HOME": str(tmp_path)}, tmp_path / "log") as running:
        running.wait_until_healthy()
        wait_until(lambda: "Ready to speak" in running.log)
        lines = running.log.splitlines()
        assert f"kokoro-openai-server {__version__}: checking" in lines[1]
        assert "Preparing the model, only this once" in lines[2]
        assert any("Loading the model." in line for line in lines)
        (ready,) = [line for line in lines if "Ready to speak" in line]
        url = f"http://localhost:{running.port}"
        assert f"Open {url}/playground in a browser." in ready
        command = ready.partition("Or: ")[2]
        subprocess.run(command, shell=True, cwd=tmp_path, check=True)
        assert (tmp_path / "hello.wav").read_bytes().startswith(b"RIFF")


@pytest.mark.parametrize("options", [[], ["--chdir", "elsewhere"]], ids=["", "chdir"])
def test_relative_paths_mean_the_same_for_all_processes(options: list[str], tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "voices").mkdir()
    np.save(tmp_path / "voices" / "em_own.npy", np.zeros((510, 256), np.float32))
    shutil.copy(TINY_VOICE, tmp_path / "model.onnx")
    port = free_port()
    environ = {
        "KOKORO_MODEL_PATH": "model.onnx",
        "KOKORO_VOICES_DIR": "voices",
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "HOST": "127.0.0.1",
        "PORT": str(port),
    }
    command = [sys.executable, "-m", "gunicorn", "-c", "python:app.server.config"]
    command += [*options, "app:create_app()"]
    with server(command, environ, port, tmp_path / "log", folder=tmp_path) as running:
        running.wait_until_healthy()
        assert "Preparing the model" in running.log
        assert running.speak("hola", voice="em_own").status_code == 200


def test_a_reload_with_an_option_that_breaks_the_server_is_logged(tmp_path: Path) -> None:
    config = tmp_path / "config.py"
    config.write_text("from app.server.config import *\n")
    port = free_port()
    environ = {**TINY, "HOST": "127.0.0.1", "PORT": str(port)}
    command = [*GUNICORN, "-c", str(config)]
    with server(command, environ, port, tmp_path / "log") as running:
        running.wait_until_healthy()
        with config.open("a") as file:
            file.write("max_requests = 9\npreload_app = True\n")
        running.process.send_signal(signal.SIGHUP)
        wait_until(lambda: running.log.count("Ready to speak") == 2)
        critical = [line for line in running.log.splitlines() if "CRITICAL" in line.upper()]
        assert len(critical) == 2
        assert "--preload" in running.log
        assert "--max-requests 9" in running.log
        running.wait_until_healthy()
        assert running.speak("hola", voice="ef_dora").status_code == 200


def test_a_daemon_that_refuses_to_start_logs_why(
    tmp_path: Path,
) -> None:
    log = tmp_path / "log"
    environ = {**os.environ, **TINY, "HOST": "127.0.0.1", "PORT": str(free_port())}
    command = [*GUNICORN, "--daemon", "--preload", "--error-log", str(log)]
    subprocess.run(command, cwd=PROJECT, env=environ, check=True, timeout=60)
    wait_until(lambda: log.exists() and "option --preload cannot be used" in log.read_text(), 60)


def test_a_daemon_whose_port_is_taken_logs_it(taken: int, tmp_path: Path) -> None:
    log = tmp_path / "log"
    environ = {**os.environ, **TINY, "HOST": "127.0.0.1", "PORT": str(taken)}
    command = [*GUNICORN, "--daemon", "--error-log", str(log)]
    subprocess.run(command, cwd=PROJECT, env=environ, check=True, timeout=60)
    wait_until(lambda: log.exists() and f"Port {taken} is taken" in log.read_text(), 60)


def test_the_url_is_logged_once_and_in_json_without_a_command(tmp_path: Path) -> None:
    with gunicorn_server({**TINY, "LOG_FORMAT": "json"}, tmp_path / "log") as running:
        running.wait_until_healthy()
        psutil.Process(running.process.pid).children()[0].kill()
        wait_until(lambda: running.log.count("Ready to speak") == 2)
        events = [json.loads(line)["event"] for line in running.log.splitlines()]
    url = f"http://localhost:{running.port}/playground"
    ready = [event for event in events if event.startswith("Ready to speak")]
    assert ready == [f"Ready to speak. Open {url} in a browser.", "Ready to speak."]
