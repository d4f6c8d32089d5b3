"""gunicorn options that would break the server are refused at the start, in one line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.settings import BAD_CONFIGURATION, Settings
from tests.conftest import TINY_VOICE
from tests.servers import PROJECT, free_port, gunicorn_server

pytestmark = pytest.mark.slow

GUNICORN = [sys.executable, "-m", "gunicorn", "wsgi:app"]

BREAKING = [
    ("--preload", "--preload"),
    ("-k sync", "--worker-class sync"),
    ("-k sync --threads 4", "--worker-class gthread"),
    ("-k gthread", "--worker-class gthread"),
    ("-k gevent", "--worker-class gevent"),
    ("-k gevent_pywsgi", "--worker-class gevent_pywsgi"),
    ("--workers 0", "--workers 0"),
    ("--max-requests 9", "--max-requests 9"),
    ("--timeout 5", "--timeout 5"),
    ("--graceful-timeout 30", "KOKORO_DRAIN_SECONDS=25"),
    ("--worker-connections 10", "--worker-connections 10"),
    ("--keep-alive 0", "--keep-alive 0"),
    ("--reuse-port", "--reuse-port"),
    ("--env KOKORO_WORKERS=2", "--env KOKORO_WORKERS"),
]


def refusal(command: list[str], **environ: str) -> str:
    """Start a server that refuses to start, and return its output."""
    settings = {"HOST": "127.0.0.1", "PORT": str(free_port()), "KOKORO_MODEL_PATH": str(TINY_VOICE)}
    result = subprocess.run(
        command,
        cwd=PROJECT,
        env={**os.environ, **settings, **environ},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode == BAD_CONFIGURATION, result.stderr
    return result.stdout + result.stderr


@pytest.mark.parametrize(("options", "named"), BREAKING, ids=[options for options, _ in BREAKING])
def test_an_option_that_breaks_the_server_is_refused_in_one_line(options: str, named: str) -> None:
    (line,) = refusal([*GUNICORN, *options.split()]).splitlines()
    assert line.startswith("Error: gunicorn's option ")
    assert named in line


@pytest.mark.parametrize(
    ("variable", "value"),
    [("GUNICORN_CMD_ARGS", "--preload"), ("WEB_CONCURRENCY", "0")],
)
@pytest.mark.parametrize("command", [GUNICORN, [sys.executable, "-m", "app"]], ids=["gunicorn", ""])
def test_an_option_from_a_variable_is_refused_in_one_line_too(
    command: list[str], variable: str, value: str
) -> None:
    (line,) = refusal(command, **{variable: value}).splitlines()
    assert line.startswith("Error: gunicorn's option ")


def test_harmless_options_are_accepted(tmp_path: Path) -> None:
    options = (
        "--workers 2 --threads 2 --timeout 0 --graceful-timeout 600 --worker-connections 2000 "
        "--keep-alive 75 --max-requests-jitter 5 --env OTHER=1 -k app.server.worker.Worker"
    )
    environ = {"KOKORO_MODEL_PATH": str(TINY_VOICE), "GUNICORN_CMD_ARGS": options}
    with gunicorn_server(environ, tmp_path / "log") as running:
        running.wait_until_healthy()
        assert running.speak("hello").status_code == 200


def test_by_default_there_are_enough_connections_for_the_longest_queue(tmp_path: Path) -> None:
    most = Settings(workers=8, max_queue=1000)
    environ = {
        "KOKORO_MODEL_PATH": str(TINY_VOICE),
        "KOKORO_WORKERS": str(most.workers),
        "KOKORO_MAX_QUEUE": str(most.max_queue),
    }
    with gunicorn_server(environ, tmp_path / "log") as running:
        running.wait_until_healthy()
