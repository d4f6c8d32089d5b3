"""Requests as ready-made clients send them, and the reply that each needs.

Read off the sources of the clients; openai's own libraries and the plugins that can be installed
are tried themselves, in the modules beside this one.
"""

import base64
import json
import sys
from collections.abc import Iterator
from typing import Any

import openai
import pytest
import requests

from app.tts.voices import CATALOGUE
from tests.clients.conftest import KEY, heard_seconds
from tests.servers import Server, free_port
from tests.servers import server as any_server

pytestmark = pytest.mark.slow

SENTENCE = "Hello there. Goodbye."


@pytest.fixture(scope="module")
def keyed_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """gunicorn with the fake engine and a key, set up as docs/clients.md says for Open WebUI."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{port}", "tests.fake_app:app"]
    environ = {
        "API_KEY": KEY,
        "KOKORO_PUBLIC_ENDPOINTS": "health,voices,models",
        "KOKORO_OPENAI": "on",
    }
    log = tmp_path_factory.mktemp("keyed_server") / "log"
    with any_server(command, environ, port, log) as running:
        running.wait_until_healthy()
        yield running


def speech(server: Server, body: dict[str, Any], key: str | None = None) -> requests.Response:
    """Post `body` with a key, as a client without openai's library does."""
    headers = {} if key is None else {"Authorization": f"Bearer {key}"}
    return requests.post(f"{server.url}/v1/audio/speech", json=body, headers=headers, timeout=60)


def test_open_webui_lists_models_and_voices_without_a_key(keyed_server: Server) -> None:
    models = requests.get(f"{keyed_server.url}/v1/audio/models", timeout=10).json()
    assert {"tts-1", "tts-1-hd", "kokoro"} < {model["id"] for model in models["models"]}
    voices = requests.get(f"{keyed_server.url}/v1/audio/voices", timeout=10).json()
    names = {voice["id"]: voice["name"] for voice in voices["voices"]}
    assert names.keys() == CATALOGUE.keys()
    assert names["af_heart"] == "Heart"


def test_open_webui_gets_the_mp3_that_it_stores(keyed_server: Server) -> None:
    body = {"input": "one two three", "voice": "af_heart", "model": "tts-1", "speed": 1.1}
    reply = speech(keyed_server, body, KEY)
    assert reply.headers["Content-Type"] == "audio/mpeg"
    assert heard_seconds(reply.content, "mp3") > 0
    refused = speech(keyed_server, body)
    assert refused.status_code == 401
    assert refused.json()["error"]["message"]  # it shows this to the user


def test_librechat_gets_mp3_with_a_backend_and_a_key_that_is_none(openai_server: Server) -> None:
    body = {"input": SENTENCE, "model": "tts-1", "voice": "alloy", "backend": "kokoro"}
    reply = speech(openai_server, body, "undefined")
    assert reply.headers["Content-Type"] == "audio/mpeg"
    assert 1 < heard_seconds(reply.content, "mp3") < 4


def test_sillytavern_gets_mp3_at_its_speed_with_an_empty_key(openai_server: Server) -> None:
    body = {
        "input": SENTENCE,
        "response_format": "mp3",
        "voice": "shimmer",
        "speed": 1.25,
        "model": "tts-1",
    }
    reply = speech(openai_server, body, "")
    assert reply.headers["Content-Type"] == "audio/mpeg"
    slower = heard_seconds(speech(openai_server, {**body, "speed": 1}, "").content, "mp3")
    assert heard_seconds(reply.content, "mp3") < 0.95 * slower


@pytest.mark.parametrize("model", ["tts-1", "tts-1-hd", "gpt-4o-mini-tts"])
def test_home_assistant_probes_with_a_full_stop_and_lists_voices(
    openai_server: Server, model: str
) -> None:
    body = {"model": model, "input": ".", "voice": "alloy", "response_format": "mp3"}
    url = f"{openai_server.url}/v1/audio/speech"
    headers = {"Authorization": "Bearer sk-none"}
    assert requests.post(url, json=body, headers=headers, timeout=10).status_code == 200
    voices_url = f"{openai_server.url}/v1/audio/voices"
    voices = requests.get(voices_url, headers=headers, timeout=5).json()
    assert all(voice["id"] and voice["name"] for voice in voices["voices"])


def test_wyoming_openai_recognises_no_other_server(server: Server) -> None:
    for path in ("/v1/readyz", "/v1/test", "/v1/health"):
        assert requests.get(server.url + path, timeout=10).status_code == 404
    # wyoming-openai takes a server whose body is exactly OK for Speaches.
    assert requests.get(f"{server.url}/health", timeout=10).text != "OK"


def test_wyoming_openai_streams_wav(server: Server) -> None:
    with (
        openai.OpenAI(base_url=f"{server.url}/v1", api_key="unused") as client,
        client.audio.speech.with_streaming_response.create(
            model="kokoro", voice="af_heart", input=SENTENCE, response_format="wav", speed=1.0
        ) as reply,
    ):
        wav = b"".join(reply.iter_bytes(chunk_size=2048))
    assert 1 < heard_seconds(wav, "wav") < 4


def test_anythingllm_is_heard_with_model_kokoro(server: Server) -> None:
    reply = speech(server, {"model": "kokoro", "voice": "af_bella", "input": SENTENCE}, "null")
    assert 1 < heard_seconds(reply.content, "wav") < 4


def test_livekit_reads_mp3_from_events(openai_server: Server) -> None:
    body = {
        "input": SENTENCE,
        "model": "gpt-4o-mini-tts",
        "voice": "ash",
        "response_format": "mp3",
        "speed": 1.0,
        "stream_format": "sse",
    }
    reply = speech(openai_server, body, "unused")
    assert reply.headers["Content-Type"].startswith("text/event-stream")
    lines = reply.content.decode().splitlines()
    events = [json.loads(line.removeprefix("data: ")) for line in lines if line]
    audio = b"".join(base64.b64decode(event.get("audio", "")) for event in events)
    assert 1 < heard_seconds(audio, "mp3") < 4
    assert events[-1]["type"] == "speech.audio.done"
    assert min(events[-1]["usage"].values()) > 0


def test_pipecat_reads_pcm_as_it_is_made(openai_server: Server) -> None:
    body = {
        "input": SENTENCE,
        "model": "gpt-4o-mini-tts",
        "voice": "marin",
        "response_format": "pcm",
        "instructions": "Speak calmly.",
    }
    reply = speech(openai_server, body, "unused")
    assert reply.headers["Transfer-Encoding"] == "chunked"
    assert 1 < heard_seconds(reply.content, "pcm") < 4
