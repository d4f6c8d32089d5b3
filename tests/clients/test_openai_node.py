"""openai-node, installed from its lock file, against real servers."""

import base64
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from app.settings import FORMATS
from tests.clients.conftest import KEY, heard_seconds
from tests.servers import Server

pytestmark = [pytest.mark.slow, pytest.mark.needs("node", "npm")]


@pytest.fixture(scope="module")
def findings(server: Server, strict_server: Server, openai_node: Path) -> dict[str, Any]:
    """The findings of speak.mjs, from one run."""
    command = ["node", "speak.mjs", server.url, strict_server.url, KEY]
    done = subprocess.run(command, cwd=openai_node, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_spoken(findings: dict[str, Any], name: str) -> None:
    audio = base64.b64decode(findings["formats"][name])
    assert 1 < heard_seconds(audio, name) < 4


def test_a_stream_is_read_part_by_part(findings: dict[str, Any]) -> None:
    audio = base64.b64decode(findings["streamed"]["audio"])
    assert findings["streamed"]["parts"] > 1
    assert 1 < heard_seconds(audio, "pcm") < 4


def test_events_are_read_to_the_last(findings: dict[str, Any]) -> None:
    *deltas, done = findings["events"]
    audio = b"".join(base64.b64decode(event["audio"]) for event in deltas)
    assert 1 < heard_seconds(audio, "mp3") < 4
    assert done["type"] == "speech.audio.done"
    assert done["usage"]["total_tokens"] > 0


def test_models_are_listed(findings: dict[str, Any]) -> None:
    assert findings["models"] == ["tts-1", "kokoro", "tts-1-hd", "gpt-4o-mini-tts"]


@pytest.mark.parametrize(
    ("cause", "name", "status", "code", "param"),
    [
        ("speed", "BadRequestError", 400, None, "speed"),
        ("model", "NotFoundError", 404, "model_not_found", "model"),
        ("key", "AuthenticationError", 401, "invalid_api_key", None),
        ("inference", "InternalServerError", 500, None, None),
    ],
)
def test_a_failure_is_its_error_class(
    findings: dict[str, Any],
    cause: str,
    name: str,
    status: int,
    code: str | None,
    param: str | None,
) -> None:
    failure = findings["failures"][cause]
    assert (failure["name"], failure["status"]) == (name, status)
    assert (failure["code"], failure["param"]) == (code, param)


def test_the_client_retries_a_429(findings: dict[str, Any]) -> None:
    assert findings["busy"]["refusal"]["name"] == "RateLimitError"
    assert findings["busy"]["status"] == 200
