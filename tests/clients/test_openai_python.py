"""openai-python against real servers: what it sends, reads, retries and raises."""

import asyncio
import base64
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import openai
import pytest

from app.settings import FORMATS
from tests.clients.conftest import KEY, heard_seconds
from tests.servers import Server

pytestmark = pytest.mark.slow

SENTENCE = "Hello there. Goodbye."


@pytest.fixture
def client(server: Server) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{server.url}/v1", api_key="unused", max_retries=0) as client:
        yield client


@pytest.fixture
def strict_client(strict_server: Server) -> Iterator[openai.OpenAI]:
    """A client with the right key for a server without a queue."""
    with openai.OpenAI(base_url=f"{strict_server.url}/v1", api_key=KEY) as client:
        yield client


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_spoken_whole_and_streamed(client: openai.OpenAI, name: str) -> None:
    whole = client.audio.speech.create(
        model="tts-1",
        voice="alloy",
        input=SENTENCE,
        response_format=name,
        extra_body={"stream": False},
    )
    with client.audio.speech.with_streaming_response.create(
        model="tts-1", voice="alloy", input=SENTENCE, response_format=name, stream_format="audio"
    ) as reply:
        streamed = b"".join(reply.iter_bytes())
    seconds = heard_seconds(whole.content, name)
    assert 1 < seconds < 4
    assert heard_seconds(streamed, name) == pytest.approx(seconds, abs=0.1)


def test_speech_is_written_to_a_file(client: openai.OpenAI, tmp_path: Path) -> None:
    speech = client.audio.speech.create(
        model="tts-1", voice="alloy", input="Hello.", response_format="mp3"
    )
    path = tmp_path / "hello.mp3"
    speech.write_to_file(path)
    assert heard_seconds(path.read_bytes(), "mp3") > 0.3


def test_events_are_read_line_by_line(client: openai.OpenAI) -> None:
    with client.audio.speech.with_streaming_response.create(
        model="gpt-4o-mini-tts",
        voice="ash",
        input=SENTENCE,
        instructions="Whisper.",
        response_format="mp3",
        stream_format="sse",
    ) as reply:
        lines = [line for line in reply.iter_lines() if line]
    events = [json.loads(line.removeprefix("data: ")) for line in lines]
    assert {event["type"] for event in events[:-1]} == {"speech.audio.delta"}
    audio = b"".join(base64.b64decode(event["audio"]) for event in events[:-1])
    seconds = heard_seconds(audio, "mp3")
    assert 1 < seconds < 4
    usage = events[-1]["usage"]
    assert usage["input_tokens"] == len(SENTENCE)
    assert usage["output_tokens"] == pytest.approx(seconds * 40, abs=3)
    assert usage["total_tokens"] == usage["input_tokens"] + usage["output_tokens"]


def test_the_asynchronous_client_is_served_side_by_side(server: Server) -> None:
    async def speak_twice() -> list[bytes]:
        async with openai.AsyncOpenAI(base_url=f"{server.url}/v1", api_key="unused") as client:
            replies = await asyncio.gather(
                *(
                    client.audio.speech.create(
                        model="kokoro", voice=voice, input="Hello.", response_format="wav"
                    )
                    for voice in ("nova", "onyx")
                )
            )
        return [reply.content for reply in replies]

    nova, onyx = asyncio.run(speak_twice())
    assert heard_seconds(nova, "wav") > 0.3
    assert nova != onyx


def test_a_voice_object_is_accepted(client: openai.OpenAI) -> None:
    speech = client.audio.speech.create(
        model="tts-1", voice={"id": "bf_emma"}, input="Hello.", response_format="wav"
    )
    assert heard_seconds(speech.content, "wav") > 0.3


def test_models_are_listed_and_retrieved(client: openai.OpenAI) -> None:
    names = ["tts-1", "kokoro", "tts-1-hd", "gpt-4o-mini-tts"]
    assert [model.id for model in client.models.list()] == names
    assert client.models.retrieve("tts-1-hd").id == "tts-1-hd"
    with pytest.raises(openai.NotFoundError) as refused:
        client.models.retrieve("whisper-1")
    assert refused.value.code == "model_not_found"


def test_a_bad_request_is_its_exception_with_the_field(client: openai.OpenAI) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        client.audio.speech.create(model="tts-1", voice="alloy", input="Hello.", speed=9)
    assert refused.value.param == "speed"
    assert refused.value.type == "invalid_request_error"


def test_a_wrong_key_is_its_exception(strict_server: Server) -> None:
    with (
        openai.OpenAI(base_url=f"{strict_server.url}/v1", api_key="wrong") as client,
        pytest.raises(openai.AuthenticationError) as refused,
    ):
        client.models.list()
    assert refused.value.code == "invalid_api_key"


def test_a_failure_of_the_model_is_its_exception(strict_client: openai.OpenAI) -> None:
    with pytest.raises(openai.InternalServerError, match="inference failed"):
        strict_client.with_options(max_retries=0).audio.speech.create(
            model="tts-1", voice="alloy", input="breakdown"
        )


def refusal_within(seconds: float, client: openai.OpenAI) -> openai.RateLimitError:
    """Ask for speech until that is refused, which shows that an earlier request has begun."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            client.with_options(max_retries=0).audio.speech.create(
                model="tts-1", voice="alloy", input="hello"
            )
        except openai.RateLimitError as refusal:
            return refusal
        time.sleep(0.05)
    pytest.fail("nothing was refused")


def test_the_client_retries_a_429_when_told_to(strict_client: openai.OpenAI) -> None:
    speech = strict_client.with_options(max_retries=5).audio.speech
    slow = threading.Thread(
        target=speech.create, kwargs={"model": "tts-1", "voice": "alloy", "input": "slow"}
    )
    slow.start()
    refusal = refusal_within(10, strict_client)
    assert int(refusal.response.headers["Retry-After"]) >= 1
    reply = speech.with_raw_response.create(model="tts-1", voice="alloy", input="hello")
    assert reply.retries_taken >= 1
    assert reply.content[:4] == b"RIFF"
    slow.join()
