"""Every request that was answered has one line in the log."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import create_app
from app.settings import Settings
from tests.fakes import FakeEngine

SPEECH = "/v1/audio/speech"
BODY = {"model": "tts-1", "voice": "alloy", "input": "confidential words"}
AUTHORIZED = {"Authorization": "Bearer s3cret"}


def client_of(**settings: Any) -> FlaskClient:
    return create_app(Settings(log_format="json", **settings), FakeEngine()).test_client()


def answered(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    return [line for line in lines if line["event"] == "Request answered."]


def test_a_line_has_method_route_status_time_and_size(capsys: pytest.CaptureFixture[str]) -> None:
    response = client_of().get("/v1/models/tts-1")
    (line,) = answered(capsys)
    assert line["level"] == "info"
    assert line["method"] == "GET"
    assert line["route"] == "/v1/models/<path:name>"
    assert line["status"] == 200
    assert 0 <= line["seconds"] < 60
    assert line["bytes"] == len(response.data)
    assert line["request_id"] == response.headers["X-Request-Id"]


def test_the_size_of_a_stream_is_not_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert client_of().post(SPEECH, json={**BODY, "stream": True}).data
    (line,) = answered(capsys)
    assert line["status"] == 200
    assert "bytes" not in line


def test_refusals_are_logged_too_and_a_missing_key_with_its_address(
    capsys: pytest.CaptureFixture[str],
) -> None:
    client = client_of(api_key="s3cret")
    client.get("/v1/models")
    client.put("/v1/models", headers=AUTHORIZED)
    client.post(SPEECH, headers=AUTHORIZED)
    lines = answered(capsys)
    assert [line["status"] for line in lines] == [401, 405, 415]
    assert [line.get("address") for line in lines] == ["127.0.0.1", None, None]


def test_a_path_that_leads_nowhere_is_not_repeated(capsys: pytest.CaptureFixture[str]) -> None:
    client_of().get("/no%0a%1b%5b31mwhere?key=s3cret")
    (line,) = answered(capsys)
    assert line["route"] == "-"
    assert line["status"] == 404
    assert "where" not in json.dumps(line)
    assert "s3cret" not in json.dumps(line)


@pytest.mark.parametrize(("log_level", "count"), [("info", 0), ("debug", 3)])
def test_probes_are_logged_only_for_debugging(
    capsys: pytest.CaptureFixture[str], log_level: str, count: int
) -> None:
    client = client_of(log_level=log_level)
    for path in ("/health", "/health/live", "/metrics"):
        client.get(path)
    assert len(answered(capsys)) == count


@pytest.mark.parametrize("log_format", ["console", "json"])
@pytest.mark.parametrize("spoken", ["", "breakdown ", "bug ", "misread "])
def test_neither_the_text_nor_the_key_is_logged(
    capsys: pytest.CaptureFixture[str], log_format: str, spoken: str
) -> None:
    settings = Settings(log_format=log_format, log_level="debug", api_key="s3cret")
    client = create_app(settings, FakeEngine()).test_client()
    for stream in (False, True):
        body = {**BODY, "input": f"{spoken}confidential", "stream": stream}
        client.post(SPEECH, json=body)
        assert client.post(SPEECH, json=body, headers=AUTHORIZED).data
    written = capsys.readouterr().err
    assert "Request answered." in written
    assert "confidential" not in written
    assert "s3cret" not in written
