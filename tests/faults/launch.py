"""Starts servers that may refuse to start, and reads what they log."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers import PROJECT, START_SECONDS, Server, free_port, server


def refusal(environ: dict[str, str], log: Path, folder: Path = PROJECT) -> str:
    """Start a server that refuses to start, and return its message."""
    with running(environ, log, folder) as refused:
        assert refused.process.wait(START_SECONDS) != 0
    assert "Traceback" not in refused.log
    (line,) = {line for line in refused.log.splitlines() if "Error: " in line or "CRITICAL" in line}
    return line


@contextmanager
def running(
    environ: dict[str, str],
    log: Path,
    folder: Path = PROJECT,
    before_command: list[str] | None = None,
) -> Iterator[Server]:
    """Run gunicorn from `folder`."""
    port = free_port()
    command = [*(before_command or []), sys.executable, "-m", "gunicorn", "wsgi:app"]
    settings = {"HOST": "127.0.0.1", "PORT": str(port), **environ}
    with server(command, settings, port, log, folder) as started:
        yield started


def lines(started: Server, *parts: str) -> list[str]:
    """Return the lines of a server's log that contain all `parts`."""
    return [line for line in started.log.splitlines() if all(part in line for part in parts)]
