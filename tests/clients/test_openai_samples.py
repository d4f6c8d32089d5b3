"""OpenAI's samples, with only the base URL and the key changed, against `--openai`."""

import base64
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import openai
import pytest

from app.settings import FORMATS
from tests.clients.conftest import heard_seconds
from tests.servers import Server

pytestmark = pytest.mark.slow

SAMPLES = Path(__file__).parent / "samples"
SPEECH: dict[str, Any] = {"model": "gpt-4o-mini-tts", "voice": "coral", "input": "Hello. Goodbye."}


def environ(server: Server) -> dict[str, str]:
    return {**os.environ, "OPENAI_BASE_URL": f"{server.url}/v1", "OPENAI_API_KEY": "unused"}


@pytest.fixture
def client(openai_server: Server, monkeypatch: pytest.MonkeyPatch) -> openai.OpenAI:
    for name, value in environ(openai_server).items():
        monkeypatch.setenv(name, value)
    return openai.OpenAI(max_retries=0)


def test_the_python_sample_plays_what_it_streams(openai_server: Server, tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "sounddevice.py", tmp_path)
    shutil.copy(SAMPLES / "play.py", tmp_path)
    command = [sys.executable, "play.py"]
    subprocess.run(command, cwd=tmp_path, env=environ(openai_server), check=True, timeout=120)
    assert 2 < heard_seconds((tmp_path / "played.pcm").read_bytes(), "pcm") < 6


def run_node(name: str, server: Server, folder: Path) -> str:
    """Run a sample in the folder of openai-node; its player writes played.wav."""
    shutil.copy(SAMPLES / name, folder)
    player = folder / "bin" / "ffplay"
    player.parent.mkdir(exist_ok=True)
    player.write_text("#!/bin/sh\ncat > played.wav\n")  # a test machine has no loudspeaker
    player.chmod(0o755)
    path = f"{player.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["node", name],
        cwd=folder,
        env={**environ(server), "PATH": path},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.needs("node", "npm")
def test_the_javascript_sample_plays_what_it_streams(
    openai_server: Server, openai_node: Path
) -> None:
    run_node("play.mjs", openai_server, openai_node)
    played = (openai_node / "played.wav").read_bytes()
    assert played[4:8] == b"\xff\xff\xff\xff"  # a stream: the length was not known yet
    assert 2 < heard_seconds(played, "wav") < 6


@pytest.mark.parametrize(
    "model", ["tts-1", "tts-1-hd", "gpt-4o-mini-tts", "gpt-4o-mini-tts-2025-12-15"]
)
def test_every_model_speaks_mp3_unasked_and_streams_it(client: openai.OpenAI, model: str) -> None:
    assert client.models.retrieve(model).id == model
    with client.audio.speech.with_streaming_response.create(**{**SPEECH, "model": model}) as reply:
        assert reply.headers["Content-Type"] == "audio/mpeg"
        assert reply.headers["Transfer-Encoding"] == "chunked"
        audio = b"".join(reply.iter_bytes())
    assert 1 < heard_seconds(audio, "mp3") < 4


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_spoken_and_only_what_is_asked_for_whole_tells_its_length(
    client: openai.OpenAI, name: str
) -> None:
    speech = client.audio.speech.with_raw_response
    streamed = speech.create(**SPEECH, response_format=name)
    whole = speech.create(**SPEECH, response_format=name, extra_body={"stream": False})
    assert "Content-Length" not in streamed.headers
    assert int(whole.headers["Content-Length"]) == len(whole.content)
    seconds = heard_seconds(whole.content, name)
    assert 1 < seconds < 4
    assert heard_seconds(streamed.content, name) == pytest.approx(seconds, abs=0.1)


def test_events_of_mp3_are_read_to_the_last(client: openai.OpenAI) -> None:
    with client.audio.speech.with_streaming_response.create(
        **SPEECH, instructions="Whisper.", stream_format="sse"
    ) as reply:
        lines = [line for line in reply.iter_lines() if line]
    *deltas, done = (json.loads(line.removeprefix("data: ")) for line in lines)
    audio = b"".join(base64.b64decode(delta["audio"]) for delta in deltas)
    assert 1 < heard_seconds(audio, "mp3") < 4
    assert done["usage"]["total_tokens"] > 0


FAILURES = [
    ("model", "NotFoundError", 404, "model_not_found", "does not exist or you do not have access"),
    ("voice", "BadRequestError", 400, None, "there is no voice 'bob'"),
    ("instructions", "BadRequestError", 400, "string_above_max_length", "at most 4096"),
]
"""The member at fault, and OpenAI's class, status, code and message for it."""

REFUSED = {"model": "gpt-9-tts", "voice": "bob", "instructions": "x" * 4097}


@pytest.mark.parametrize(("member", "name", "status", "code", "words"), FAILURES)
def test_a_failure_is_its_exception_in_python(
    client: openai.OpenAI, member: str, name: str, status: int, code: str | None, words: str
) -> None:
    with pytest.raises(openai.APIStatusError, match=words) as refused:
        client.audio.speech.create(**{**SPEECH, member: REFUSED[member]})
    assert type(refused.value).__name__ == name
    assert refused.value.status_code == status
    assert (refused.value.code, refused.value.param) == (code, member)


@pytest.mark.needs("node", "npm")
def test_a_failure_is_its_exception_in_javascript(openai_server: Server, openai_node: Path) -> None:
    found = json.loads(run_node("failures.mjs", openai_server, openai_node))
    for member, name, status, code, words in FAILURES:
        failure = found[member]
        assert (failure["name"], failure["status"]) == (name, status)
        assert (failure["code"], failure["param"]) == (code, member)
        assert words in failure["message"]
