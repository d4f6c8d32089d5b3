"""openai-python against the real server: what it sends, reads and raises."""

import io
import wave
from collections.abc import Iterator
from pathlib import Path

import openai
import pytest

from tests.servers import Server

pytestmark = pytest.mark.slow


@pytest.fixture
def client(server: Server) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{server.url}/v1", api_key="unused", max_retries=0) as client:
        yield client


def test_speech_is_created_and_written_to_a_file(client: openai.OpenAI, tmp_path: Path) -> None:
    speech = client.audio.speech.create(
        model="tts-1", voice="alloy", input="Hello.", response_format="wav"
    )
    path = tmp_path / "hello.wav"
    speech.write_to_file(path)
    with wave.open(str(path)) as file:
        assert file.getnframes() > 0.3 * file.getframerate()


def test_speech_is_streamed(client: openai.OpenAI) -> None:
    streaming = client.audio.speech.with_streaming_response
    with streaming.create(
        model="kokoro",
        voice="nova",
        input="Hello. Goodbye.",
        response_format="pcm",
        extra_body={"stream": True},
    ) as reply:
        pcm = b"".join(reply.iter_bytes())
    assert len(pcm) > 24_000
    assert len(pcm) % 2 == 0


def test_a_voice_object_is_taken(client: openai.OpenAI) -> None:
    speech = client.audio.speech.create(
        model="tts-1", voice={"id": "bf_emma"}, input="Hello.", response_format="wav"
    )
    with wave.open(io.BytesIO(speech.content)) as file:
        assert file.getnframes() > 0


def test_models_are_listed(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["tts-1", "kokoro"]


def test_a_bad_request_is_its_exception_with_the_field(client: openai.OpenAI) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        client.audio.speech.create(
            model="tts-1", voice="alloy", input="Hello.", response_format="mp3"
        )
    assert refused.value.param == "response_format"
    assert refused.value.type == "invalid_request_error"
    assert "wav and pcm" in refused.value.message
