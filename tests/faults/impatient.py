"""Servers with short limits for slow clients, so that tests need not wait long."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import TINY_VOICE
from tests.servers import Server, free_port, server


@contextmanager
def impatient_server(
    log: Path, *, model: Path | None = TINY_VOICE, **settings: str
) -> Iterator[Server]:
    """Run gunicorn with `model` (None for the real one) and no cache."""
    port = free_port()
    environ = {
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "KOKORO_MODEL_PATH": str(model or ""),
        "KOKORO_CACHE_MB": "0",
        **settings,
    }
    config, app = "tests/faults/impatient_config.py", "tests.faults.impatient_app:app"
    command = [sys.executable, "-m", "gunicorn", "-c", config, app]
    with server(command, environ, port, log) as running:
        running.wait_until_healthy()
        yield running
