"""Every failure is answered with an OpenAI error object with all four members."""

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from app.scheduling.errors import (
    QueueFull,
)
from app.scheduling.service import SpeechService
from app.settings import Settings
from tests.fakes import FakeEngine

SPEECH = "/v1/audio/speech"


def error_of(response: TestResponse) -> dict[str, object]:
    assert response.content_type == "application/json"
    body = response.json
    assert body is not None
    assert body.keys() == {"error"}
    assert body["error"].keys() == {"message", "type", "param", "code"}
    error: dict[str, object] = body["error"]
    return error


def test_an_unknown_path_is_404(client: FlaskClient) -> None:
    response = client.get("/v1/audio/transcriptions")
    assert response.status_code == 404
    assert error_of(response)["type"] == "invalid_request_error"


def test_a_wrong_method_is_405_and_names_the_right_ones(client: FlaskClient) -> None:
    response = client.get(SPEECH)
    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]
    assert error_of(response)["message"] == f"GET is not allowed at {SPEECH}: use POST or OPTIONS."


def test_a_request_for_another_protocol_is_400_and_says_where_to_look(client: FlaskClient) -> None:
    reply = client.get("/v1", headers={"Connection": "Upgrade", "Upgrade": "websocket"})
    assert reply.status_code == 400
    assert "Upgrade" in reply.get_json()["error"]["message"]


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", None])
def test_another_content_type_is_415(client: FlaskClient, content_type: str | None) -> None:
    response = client.post(SPEECH, data=b'{"model":"tts-1"}', content_type=content_type)
    assert response.status_code == 415
    assert "application/json" in str(error_of(response)["message"])


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"{'a': 1}", b"\xff\xfe\xfd", b"[" * 100_000, b'{"speed": ' + b"1" * 5000 + b"}"],
    ids=["empty", "open", "quotes", "bytes", "deep", "huge number"],
)
def test_a_body_that_is_no_json_is_400(client: FlaskClient, body: bytes) -> None:
    response = client.post(SPEECH, data=body, content_type="application/json")
    assert response.status_code == 400
    assert error_of(response)["type"] == "invalid_request_error"


@pytest.mark.parametrize("size", [1024 * 1024 + 1, 5 * 1024 * 1024])
def test_a_body_over_one_mebibyte_is_413(client: FlaskClient, size: int) -> None:
    response = client.post(SPEECH, data=b" " * size, content_type="application/json")
    assert response.status_code == 413
    assert "1 MiB" in str(error_of(response)["message"])


def test_text_that_cannot_be_read_is_400_naming_the_field(ready_client: FlaskClient) -> None:
    body = {"model": "tts-1", "voice": "alloy", "input": "unreadable"}
    response = ready_client.post(SPEECH, json=body)
    assert response.status_code == 400
    assert error_of(response) == {
        "message": "It cannot be spoken.",
        "type": "invalid_request_error",
        "param": "input",
        "code": None,
    }


@pytest.mark.parametrize(
    ("word", "logged"),
    [
        ("breakdown", "Inference failed: The graph at /secret/path fell apart."),
        ("bug", "ZeroDivisionError (message left out: it may quote the request)"),
        ("misread", "Reading a text failed."),
        ("misread", "ZeroDivisionError (message left out: it may quote the request)"),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_a_failure_before_the_first_byte_is_500_without_internals(
    ready_client: FlaskClient,
    word: str,
    logged: str,
    stream: bool,
    capsys: pytest.CaptureFixture[str],
) -> None:
    body = {"model": "tts-1", "voice": "alloy", "input": f"{word} confidential", "stream": stream}
    response = ready_client.post(SPEECH, json=body)
    assert response.status_code == 500
    assert error_of(response)["type"] == "api_error"
    for internal in (b"secret", b"divi", b"confidential"):
        assert internal not in response.data.lower()
    log = capsys.readouterr().err
    assert logged in log
    assert "confidential" not in log


def test_a_server_whose_engine_did_not_load_is_503() -> None:
    engine = FakeEngine()
    engine.is_broken = True
    failed = create_app(Settings(), engine)
    response = failed.test_client().post(
        SPEECH, json={"model": "tts-1", "voice": "alloy", "input": "Hello"}
    )
    assert response.status_code == 503
    assert error_of(response)["type"] == "api_error"
    assert response.headers["Retry-After"]


def test_a_full_queue_is_429_with_retry_after(
    ready_client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object, **options: object) -> None:
        raise QueueFull(7)

    monkeypatch.setattr(SpeechService, "speak", full)
    response = ready_client.post(
        SPEECH, json={"model": "tts-1", "voice": "alloy", "input": "Hello"}
    )
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "7"
    assert error_of(response) == {
        "message": "Too many requests are waiting: try again in 7 s.",
        "type": "rate_limit_error",
        "param": None,
        "code": "rate_limit_exceeded",
    }


def test_quotes_of_the_request_are_escaped_and_cut_short(client: FlaskClient) -> None:
    for response in (
        client.get("/<b>\u202e\r\n" + "x" * 5000),
        client.open("/v1/models", method="<B>" + "X" * 5000),
        client.post(SPEECH, json={"model": "kokoro", "input": "x", "voice": "<b>\n" * 5000}),
        client.get("/v1/models/" + "\u2028" * 5000),
    ):
        assert 400 <= response.status_code < 500
        assert len(str(error_of(response)["message"])) <= 1000
        assert response.data.strip().isascii()
        assert b"\n" not in response.data.strip()
