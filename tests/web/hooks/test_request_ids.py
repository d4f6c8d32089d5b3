"""Every request has an id, the client's own if it is valid, in its reply and its log lines."""

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from structlog.contextvars import bind_contextvars, clear_contextvars
from werkzeug.test import TestResponse

from app import create_app
from app.settings import Settings
from tests.fakes import FakeEngine

MADE_HERE = re.compile("[0-9a-f]{32}")
SPEECH = "/v1/audio/speech"
BODY = {"model": "tts-1", "voice": "alloy", "input": "one three fifteen"}


@pytest.fixture
def client(engine: FakeEngine) -> FlaskClient:
    settings = Settings(
        api_key="s3cret",
        public_endpoints=("speech", "health"),
        cors_origins=("https://example.org",),
        log_format="json",
        log_level="debug",
    )
    return create_app(settings, engine).test_client()


def id_of(response: TestResponse) -> str:
    (given,) = response.headers.getlist("X-Request-Id")
    return given


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/health", None),
        ("GET", "/health/live", 200),
        ("GET", "/playground", 200),
        ("GET", "/v1/models", 401),
        ("GET", "/nowhere", 404),
        ("PUT", "/health", 405),
        ("POST", SPEECH, 415),
        ("OPTIONS", SPEECH, 200),
        ("HEAD", "/health/live", 200),
    ],
)
def test_every_reply_names_its_request(
    client: FlaskClient, method: str, path: str, status: int | None
) -> None:
    headers = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    if status != 401:
        headers["Authorization"] = "Bearer s3cret"
    response = client.open(path, method=method, headers=headers)
    assert status in (None, response.status_code)
    assert MADE_HERE.fullmatch(id_of(response))


def test_an_unforeseen_failure_is_logged_with_its_request_id(
    client: FlaskClient, engine: FakeEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    response = client.post(SPEECH, json={**BODY, "input": "bug"})
    assert response.status_code == 500
    (failure,) = [line for line in lines(capsys) if "ZeroDivisionError" in str(line)]
    assert failure["request_id"] == id_of(response)


def test_every_request_gets_an_id_of_its_own(client: FlaskClient) -> None:
    assert id_of(client.get("/health")) != id_of(client.get("/health"))


@pytest.mark.parametrize("given", ["a", "3f2b.A_z-9", "x" * 128])
def test_a_valid_id_of_the_client_is_kept(client: FlaskClient, given: str) -> None:
    assert id_of(client.get("/health", headers={"X-Request-Id": given})) == given


@pytest.mark.parametrize(
    "given",
    ["", "x" * 129, "x" * 10_000, "a b", "a\n", "a\r\nSet-Cookie: b", "\x1b[31m", "é", "１", "a,b"],
)
def test_an_invalid_id_is_replaced_and_logged_nowhere(
    client: FlaskClient, given: str, capsys: pytest.CaptureFixture[str]
) -> None:
    response = client.get("/nowhere", environ_overrides={"HTTP_X_REQUEST_ID": given})
    assert MADE_HERE.fullmatch(id_of(response))
    assert {line["request_id"] for line in lines(capsys) if "request_id" in line} == {
        id_of(response)
    }


@pytest.mark.parametrize("stream", [False, True])
def test_lines_of_speech_have_the_id_until_its_last_byte(
    client: FlaskClient, capsys: pytest.CaptureFixture[str], stream: bool
) -> None:
    response = client.post(
        SPEECH, json={**BODY, "stream": stream}, headers={"X-Request-Id": "mine"}
    )
    assert response.data
    (finished,) = [line for line in lines(capsys) if "audio_seconds" in line]
    assert finished["request_id"] == "mine"


def test_log_context_of_one_request_does_not_leak_into_the_next_on_its_connection(
    client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    bind_contextvars(request_id="of the one before", key="of the one before")
    try:
        client.get("/nowhere")
    finally:
        clear_contextvars()
    assert "of the one before" not in capsys.readouterr().err
