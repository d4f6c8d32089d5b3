"""Replies of a server whose inference fails, and its health."""

import base64
import json

import requests

from tests.faults.recovery import scraped
from tests.servers import Server

INFERENCE_FAILED = "The speech could not be made: inference failed."
TOOK_TOO_LONG = "The speech could not be made: inference took too long."


def assert_refused(
    reply: requests.Response, status: int, message: str, code: str | None = None
) -> None:
    """Assert that a reply is an error of OpenAI's shape."""
    assert reply.status_code == status, reply.content[:500]
    assert reply.json() == {
        "error": {"message": message, "type": "api_error", "param": None, "code": code}
    }


def breaks_off(running: Server, text: str, said: bytes, message: str) -> None:
    """Assert that streams begin with `said`, and then break off in a way that no client takes for
    the end.
    """
    body = {"model": "tts-1", "input": text, "voice": "af_heart", "response_format": "pcm"}

    heard, is_complete = stream_of(running, {**body, "stream": True})
    assert not is_complete
    assert_begins(said, heard)

    lines, _ = stream_of(running, {**body, "stream_format": "sse"})
    *deltas, end = (json.loads(line.removeprefix(b"data: ")) for line in lines.splitlines()[::2])
    assert_begins(said, b"".join(base64.b64decode(delta["audio"]) for delta in deltas))
    assert end["type"] == "error"
    assert end["error"]["message"] == message


def assert_begins(said: bytes, heard: bytes) -> None:
    """Assert that `heard` is a beginning of `said`, apart from pauses."""
    assert heard
    assert said.rstrip(b"\0").startswith(heard.rstrip(b"\0"))


def stream_of(running: Server, body: dict[str, object]) -> tuple[bytes, bool]:
    """Return the body of a stream as far as it came, and whether that was all of it."""
    url = f"{running.url}/v1/audio/speech"
    heard = b""
    with requests.post(url, json=body, stream=True, timeout=60) as reply:
        assert reply.status_code == 200
        try:
            for data in reply.iter_content(None):
                heard += data
        except requests.exceptions.ChunkedEncodingError:
            return heard, False
    return heard, True


def ready(running: Server) -> tuple[int, str]:
    """Return the status of `/health/ready` and what it says."""
    reply = requests.get(f"{running.url}/health/ready", timeout=10)
    return reply.status_code, reply.json()["status"]


def live(running: Server) -> int:
    """Return the status of `/health/live`."""
    return requests.get(f"{running.url}/health/live", timeout=10).status_code


def busy_workers(running: Server) -> float:
    return scraped(running).value("kokoro_busy_workers")
