"""Each log line of a request names the trace that the request is part of."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import create_app
from app.settings import Settings
from app.web.hooks.trace_context import trace_of
from tests.fakes import FakeEngine

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
SPEECH = {"model": "tts-1", "voice": "alloy", "input": "one three"}


@pytest.fixture
def client(engine: FakeEngine) -> FlaskClient:
    return create_app(Settings(log_format="json", log_level="debug"), engine).test_client()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    return [line for line in found if "request_id" in line]


@pytest.mark.parametrize("stream", [False, True])
def test_every_line_of_its_request_names_the_trace(
    client: FlaskClient, capsys: pytest.CaptureFixture[str], stream: bool
) -> None:
    headers = {"traceparent": f"00-{TRACE}-{SPAN}-01"}
    reply = client.post("/v1/audio/speech", json={**SPEECH, "stream": stream}, headers=headers)
    assert (reply.status_code, bool(reply.data)) == (200, True)
    logged = lines(capsys)
    assert len(logged) >= 2
    assert {(line["trace_id"], line["span_id"]) for line in logged} == {(TRACE, SPAN)}


def test_the_next_request_is_not_part_of_the_trace(
    client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    client.get("/v1/models", headers={"traceparent": f"00-{TRACE}-{SPAN}-01"})
    lines(capsys)
    client.get("/v1/models")
    assert not [line for line in lines(capsys) if "trace_id" in line]


@pytest.mark.parametrize("rest", ["00", "01", "ff"])
def test_sampled_or_not_it_is_the_same_trace(rest: str) -> None:
    assert trace_of(f"00-{TRACE}-{SPAN}-{rest}") == {"trace_id": TRACE, "span_id": SPAN}


@pytest.mark.parametrize("version", ["01", "cc"])
def test_later_versions_of_the_header_may_have_more_fields(version: str) -> None:
    expected = {"trace_id": TRACE, "span_id": SPAN}
    assert trace_of(f"{version}-{TRACE}-{SPAN}-01") == expected
    assert trace_of(f"{version}-{TRACE}-{SPAN}-01-what-the-future-brings") == expected


MALFORMED = {
    "nothing": "",
    "a version that is forbidden": f"ff-{TRACE}-{SPAN}-01",
    "more than its version has": f"00-{TRACE}-{SPAN}-01-more",
    "no trace": f"00-{'0' * 32}-{SPAN}-01",
    "no span": f"00-{TRACE}-{'0' * 16}-01",
    "capitals": f"00-{TRACE.upper()}-{SPAN}-01",
    "a letter": f"00-{TRACE[:-1]}x-{SPAN}-01",
    "too short": f"00-{TRACE[:-1]}-{SPAN}-01",
    "too long": f"00-{TRACE}0-{SPAN}-01",
    "no flags": f"00-{TRACE}-{SPAN}",
    "an end of line": f"00-{TRACE}-{SPAN}-01\n",
    "another line": f"01-{TRACE}-{SPAN}-01-\nforged",
    "two headers": f"00-{TRACE}-{SPAN}-01,00-{TRACE}-{SPAN}-01",
    "digits of another script": f"00-{TRACE}-{'１' * 16}-01",
    "a lot": "0" * 100_000,
}


@pytest.mark.parametrize("header", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_header_is_ignored_and_logged_nowhere(
    client: FlaskClient, capsys: pytest.CaptureFixture[str], header: str
) -> None:
    reply = client.get("/v1/models", environ_overrides={"HTTP_TRACEPARENT": header})
    assert reply.status_code == 200
    assert not [line for line in lines(capsys) if "trace_id" in line or "span_id" in line]
