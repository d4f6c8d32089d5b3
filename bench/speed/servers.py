"""The measured servers of this project, each in a process of its own."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.speed.plan import Plan, note
from tests.servers import Server, free_port, server

OURS, FIRST_COME = "this server", "this server, first come first served"
NO_CACHE = {"KOKORO_CACHE_MB": "0"}
"""Settings without the cache, so that each round speaks its texts again."""

ONNX_VOCODER = "this server, ONNX Runtime's vocoder"

_MODULES = {OURS: "wsgi:app", FIRST_COME: "bench.first_come:app"}


@contextmanager
def running(name: str = OURS, **settings: str) -> Iterator[Server]:
    """Run a server in the context, with settings as environment variables."""
    port = free_port()
    environ = {"HOST": "127.0.0.1", "PORT": str(port), "LOG_LEVEL": "warning", **settings}
    command = [sys.executable, "-m", "gunicorn", _MODULES[name]]
    with (
        tempfile.TemporaryDirectory() as folder,
        server(command, environ, port, Path(folder) / "log") as started,
    ):
        started.wait_until_healthy()
        note(f"{name} is ready {settings or ''}")
        yield started


@contextmanager
def both_and_peers(plan: Plan) -> Iterator[dict[str, str]]:
    """Run this server with and without its scheduler; yield their addresses and the peers'."""
    with ExitStack() as stack:
        ours = {name: stack.enter_context(running(name, **NO_CACHE)) for name in _MODULES}
        yield {**{name: started.url for name, started in ours.items()}, **plan.peers}
