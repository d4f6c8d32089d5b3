"""Speech as server-sent events, in OpenAI's shapes."""

import base64
import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import create_app
from app.settings import Settings
from tests.fakes import FakeEngine

URL = "/v1/audio/speech"
BODY = {
    "model": "tts-1",
    "voice": "alloy",
    "input": "one three fifteen",
    "response_format": "pcm",
    "stream_format": "sse",
}


def events_of(data: bytes) -> list[dict[str, Any]]:
    """Parse a stream of `data:` lines."""
    assert data.endswith(b"\n\n")
    lines = data.decode().removesuffix("\n\n").split("\n\n")
    assert all(line.startswith("data: ") and "\n" not in line for line in lines)
    return [json.loads(line.removeprefix("data: ")) for line in lines]


def test_the_deltas_are_the_speech_and_done_comes_last(ready_client: FlaskClient) -> None:
    response = ready_client.post(URL, json=BODY)
    assert response.content_type.startswith("text/event-stream")
    assert response.headers["X-Accel-Buffering"] == "no"
    *deltas, done = events_of(response.data)
    assert [event["type"] for event in deltas] == ["speech.audio.delta"] * 3
    plain = ready_client.post(URL, json={**BODY, "stream_format": "audio"})
    assert b"".join(base64.b64decode(event["audio"]) for event in deltas) == plain.data
    assert done["type"] == "speech.audio.done"
    # 300 samples are half a frame of the acoustic model.
    assert done["usage"] == {"input_tokens": 17, "output_tokens": 0, "total_tokens": 17}


def test_words_follow_the_audio_in_which_they_end(ready_client: FlaskClient) -> None:
    events = events_of(ready_client.post(URL, json={**BODY, "timestamps": True}).data)
    assert [event["type"] for event in events] == [
        *(["speech.audio.delta", "speech.audio.words"] * 3),
        "speech.audio.done",
    ]
    assert events[3]["words"] == [{"word": "three", "start": 0.004, "end": 0.008}]


def test_events_are_written_without_spaces_and_in_ascii(ready_client: FlaskClient) -> None:
    body = {**BODY, "input": "naïve"}
    audio = ready_client.post(URL, json={**body, "stream_format": "audio"}).data
    events = ready_client.post(URL, json={**body, "timestamps": True}).data
    delta, *others = events.splitlines(keepends=True)[::2]
    assert delta == b'data: {"type":"speech.audio.delta","audio":"%b"}\n' % base64.b64encode(audio)
    assert others == [
        b'data: {"type":"speech.audio.words",'
        b'"words":[{"word":"na\\u00efve","start":0.0,"end":0.004}]}\n',
        b'data: {"type":"speech.audio.done",'
        b'"usage":{"input_tokens":5,"output_tokens":0,"total_tokens":5}}\n',
    ]


def test_the_event_of_a_failure_has_all_members_of_an_error(ready_client: FlaskClient) -> None:
    body = {**BODY, "input": "one breakdown"}
    assert ready_client.post(URL, json=body).data.splitlines()[2] == (
        b'data: {"type":"error","error":{"message":"The speech could not be made: inference '
        b'failed.","type":"api_error","param":null,"code":null}}'
    )


def test_without_timestamps_there_are_no_words(ready_client: FlaskClient) -> None:
    assert b"words" not in ready_client.post(URL, json=BODY).data


@pytest.mark.parametrize(
    ("text", "status"), [("unreadable", 400), ("breakdown", 500), ("bug here", 500)]
)
def test_a_failure_before_the_first_event_is_a_status(
    ready_client: FlaskClient, text: str, status: int
) -> None:
    ready_client.application.config["PROPAGATE_EXCEPTIONS"] = False
    response = ready_client.post(URL, json={**BODY, "input": text})
    assert response.status_code == status
    assert response.json is not None
    assert response.json["error"].keys() == {"message", "type", "param", "code"}


@pytest.mark.parametrize(
    ("word", "kind", "message"),
    [
        ("unreadable", "invalid_request_error", "It cannot be spoken."),
        ("breakdown", "api_error", "The speech could not be made: inference failed."),
    ],
)
def test_a_failure_after_the_first_event_is_the_last_one(
    ready_client: FlaskClient, word: str, kind: str, message: str
) -> None:
    events = events_of(ready_client.post(URL, json={**BODY, "input": f"one {word} two"}).data)
    assert [event["type"] for event in events] == ["speech.audio.delta", "error"]
    assert events[-1]["error"]["type"] == kind
    assert events[-1]["error"]["message"] == message


def test_a_failure_after_words_without_audio_is_sent_too(engine: FakeEngine) -> None:
    client = create_app(Settings(extra_formats=("aac",)), engine).test_client()
    body = {**BODY, "response_format": "aac", "timestamps": True, "input": "one breakdown"}
    events = events_of(client.post(URL, json=body).data)
    # 100 samples are less than a frame of AAC, so no audio has been sent.
    assert [event["type"] for event in events] == ["speech.audio.words", "error"]


def test_half_of_an_emoji_in_a_word_is_sent_as_it_came(ready_client: FlaskClient) -> None:
    body = json.dumps({**BODY, "timestamps": True, "input": "cut\ud83d"})
    reply = ready_client.post(URL, data=body, content_type="application/json")
    assert events_of(reply.data)[1]["words"][0]["word"] == "cut\ud83d"


def test_an_unforeseen_failure_is_sent_and_cuts_the_stream(ready_client: FlaskClient) -> None:
    response = ready_client.post(URL, json={**BODY, "input": "one bug"}, buffered=False)
    parts = response.iter_encoded()
    next(parts)
    (event,) = events_of(next(parts))
    assert event["type"] == "error"
    assert "divide" not in event["error"]["message"]
    with pytest.raises(ZeroDivisionError):
        next(parts)


def test_a_stream_of_events_that_is_closed_makes_no_more(
    ready_client: FlaskClient, engine: FakeEngine
) -> None:
    response = ready_client.post(URL, json=BODY, buffered=False)
    next(iter(response.iter_encoded()))
    response.close()
    assert len(engine.spoken) == 1
