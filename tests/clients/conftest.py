"""Fixtures of the tests of clients: a server that refuses, and a decoder of every format."""

import io
import sys
from collections.abc import Iterator

import av
import pytest

from tests.servers import Server, free_port
from tests.servers import server as any_server

KEY = "s3cret"


@pytest.fixture(scope="session")
def strict_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """gunicorn with the fake engine, a key and no queue."""
    port = free_port()
    log = tmp_path_factory.mktemp("strict_server") / "log"
    command = [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{port}", "tests.fake_app:app"]
    environ = {"API_KEY": KEY, "KOKORO_PUBLIC_ENDPOINTS": "health"}
    environ |= {"KOKORO_WORKERS": "1", "KOKORO_MAX_QUEUE": "0"}
    with any_server(command, environ, port, log) as running:
        running.wait_until_healthy()
        yield running


def heard_seconds(audio: bytes, audio_format: str) -> float:
    """Decode `audio` and return its playing time in seconds; bare PCM is 24 kHz mono."""
    if audio_format == "pcm":
        return len(audio) / 2 / 24_000
    with av.open(io.BytesIO(audio)) as container:
        return sum(
            frame.samples / frame.sample_rate for frame in container.decode(container.streams[0])
        )
