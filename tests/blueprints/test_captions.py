"""Captions over HTTP, with the fake engine."""

import base64
import io
import json
import wave

import pytest
from flask.testing import FlaskClient

from app.web.state import state_of

URL = "/v1/audio/speech/captions"
BODY = {"model": "tts-1", "voice": "alloy", "input": "one three fifteen"}


def test_json_holds_the_speech_and_its_words(ready_client: FlaskClient) -> None:
    response = ready_client.post(URL, json=BODY)
    assert response.status_code == 200
    assert response.json is not None
    with wave.open(io.BytesIO(base64.b64decode(response.json["audio"]))) as file:
        assert file.getnframes() == 300
    assert response.json["audio_format"] == "wav"
    assert response.json["duration"] == round(300 / 24_000, 3)
    assert [word["word"] for word in response.json["words"]] == ["one", "three", "fifteen"]
    assert response.json["words"][1] == {"word": "three", "start": 0.004, "end": 0.008}


@pytest.mark.parametrize(
    ("name", "media_type", "beginning"),
    [("srt", "application/x-subrip", "1\n00:00:00,000"), ("vtt", "text/vtt", "WEBVTT\n\n00:00")],
)
def test_subtitles_are_files_of_their_kind(
    ready_client: FlaskClient, name: str, media_type: str, beginning: str
) -> None:
    response = ready_client.post(URL, json={**BODY, "response_format": name})
    assert response.content_type == f"{media_type}; charset=utf-8"
    assert response.text.startswith(beginning)
    assert "one three fifteen" in response.text


def test_a_failure_is_openais_error(ready_client: FlaskClient) -> None:
    response = ready_client.post(URL, json={**BODY, "input": "one breakdown"})
    assert response.status_code == 500
    assert response.json is not None
    assert response.json["error"]["type"] == "api_error"


@pytest.mark.parametrize("name", ["json", "srt", "vtt"])
def test_half_of_an_emoji_is_no_failure(ready_client: FlaskClient, name: str) -> None:
    body = json.dumps({**BODY, "input": "cut\ud83d", "response_format": name})
    response = ready_client.post(URL, data=body, content_type="application/json")
    assert response.status_code == 200
    assert "cut" in response.text


def test_words_that_look_like_json_are_words(ready_client: FlaskClient) -> None:
    response = ready_client.post(URL, json={**BODY, "input": 'say "audio":"" twice'})
    assert response.json is not None
    assert [word["word"] for word in response.json["words"]] == ["say", '"audio":""', "twice"]
    assert base64.b64decode(response.json["audio"])[:4] == b"RIFF"


@pytest.mark.parametrize("words", [1, 2, 3, 300])
def test_json_has_a_content_length(ready_client: FlaskClient, words: int) -> None:
    response = ready_client.post(
        URL, json={**BODY, "input": "word " * words, "audio_format": "pcm"}
    )
    assert response.content_length == len(response.data)
    assert response.json is not None
    assert len(base64.b64decode(response.json["audio"])) == 200 * words


def test_subtitles_take_no_room_and_json_takes_room_until_it_is_sent(
    ready_client: FlaskClient,
) -> None:
    replies = state_of(ready_client.application).unsent_replies
    response = ready_client.post(URL, json=BODY, buffered=False)
    assert replies.held_bytes == 644
    response.close()
    assert replies.held_bytes == 0
    ready_client.post(URL, json={**BODY, "response_format": "srt"}, buffered=False)
    assert replies.held_bytes == 0
