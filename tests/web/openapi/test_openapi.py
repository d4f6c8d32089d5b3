"""The OpenAPI document is valid and complete, and follows the settings."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import OpenAPIV31SpecValidator

from app import create_app
from app.settings import Settings
from app.web.openapi import document
from app.web.speech_requests import CaptionsRequest, SpeechRequest
from app.web.state import state_of
from tests.fakes import FakeEngine


def described(**settings: Any) -> dict[str, Any]:
    return document(create_app(Settings(**settings), FakeEngine()))


def members(described: dict[str, Any], request: str = "SpeechRequest") -> dict[str, Any]:
    found: dict[str, Any] = described["components"]["schemas"][request]["properties"]
    return found


@pytest.mark.parametrize("api_key", [None, "s3cret"])
def test_it_is_valid(api_key: str | None) -> None:
    OpenAPIV31SpecValidator(described(api_key=api_key)).validate()


def test_every_route_is_described_but_for_the_pages(app: Flask) -> None:
    routes = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint.split(".")[0] not in ("docs", "playground")
    }
    paths = document(app)["paths"]
    assert routes == {(path, method) for path in paths for method in paths[path]}


@pytest.mark.parametrize("request_model", [SpeechRequest, CaptionsRequest])
def test_every_member_of_a_request_is_described(request_model: type[SpeechRequest]) -> None:
    shown = members(described(), request_model.__name__)
    assert shown.keys() == request_model.model_fields.keys()
    assert all(member["description"] for member in shown.values())


def test_it_lists_what_this_server_offers() -> None:
    shown = described(
        model_ids=("tts-1-hd",), extra_formats=("mp3",), default_format="mp3", max_input_chars=99
    )
    speech = members(shown)
    assert speech["model"]["enum"] == ["tts-1", "kokoro", "tts-1-hd"]
    assert speech["input"]["maxLength"] == 99
    assert speech["response_format"]["enum"] == ["wav", "pcm", "mp3", None]
    assert speech["response_format"]["default"] == "mp3"
    assert members(shown, "CaptionsRequest")["audio_format"]["default"] == "mp3"
    replies = shown["paths"]["/v1/audio/speech"]["post"]["responses"]
    assert {"audio/wav", "audio/pcm", "audio/mpeg", "text/event-stream"} == set(
        replies["200"]["content"]
    )


def test_with_openai_it_describes_the_differences() -> None:
    settings = Settings.load({"KOKORO_OPENAI": "on"})
    shown = document(create_app(settings, FakeEngine()))
    OpenAPIV31SpecValidator(shown).validate()
    speech = members(shown)
    assert "gpt-4o-mini-tts" in speech["model"]["enum"]
    assert speech["response_format"]["default"] == "mp3"
    assert speech["instructions"]["maxLength"] == 4096
    assert "`wav`" in speech["stream"]["description"]
    assert "404" in shown["paths"]["/v1/audio/speech"]["post"]["responses"]
    assert "404" in shown["paths"]["/v1/audio/speech/captions"]["post"]["responses"]


def test_without_openai_it_says_what_is_streamed_and_that_unknown_models_are_bad_requests() -> None:
    shown = described(extra_formats=("mp3",))
    speech = members(shown)
    assert "`pcm`, `mp3`" in speech["stream"]["description"]
    assert "`wav`" not in speech["stream"]["description"]
    assert "maxLength" not in speech["instructions"]
    assert "404" not in shown["paths"]["/v1/audio/speech"]["post"]["responses"]


def test_if_any_model_is_accepted_the_document_has_no_enum() -> None:
    model = members(described(model_ids=("*",)))["model"]
    assert "enum" not in model
    assert model["examples"] == ["tts-1", "kokoro"]


@pytest.mark.parametrize(
    ("path", "request_model", "member"),
    [
        ("/v1/audio/speech", SpeechRequest, "response_format"),
        ("/v1/audio/speech/captions", CaptionsRequest, "audio_format"),
    ],
)
def test_formats_are_accepted_in_any_case_as_documented(
    ready_client: FlaskClient, path: str, request_model: type[SpeechRequest], member: str
) -> None:
    body = {"model": "tts-1", "voice": "af_heart", "input": "hello", member: "WAV"}
    assert ready_client.post(path, json=body).status_code == 200
    shown = members(described(), request_model.__name__)[member]
    assert "upper or lower case" in shown["description"]


def test_a_stream_of_events_is_text_and_its_events_are_named() -> None:
    replies = described()["paths"]["/v1/audio/speech"]["post"]["responses"]
    schema = replies["200"]["content"]["text/event-stream"]["schema"]
    assert schema["type"] == "string"
    for event in ("AudioDelta", "AudioWords", "AudioDone", "ErrorEvent"):
        assert f"`{event}`" in schema["description"]


def test_a_key_is_asked_for_where_it_is_needed() -> None:
    paths = described(api_key="s3cret", public_endpoints=("voices",))["paths"]
    needing = {path for path in paths for entry in paths[path].values() if "security" in entry}
    assert needing == {path for path in paths if path != "/v1/audio/voices"}
    assert "401" in paths["/v1/models"]["get"]["responses"]
    assert "401" not in paths["/v1/audio/voices"]["get"]["responses"]


def test_without_a_key_the_document_mentions_none() -> None:
    shown = described()
    assert "securitySchemes" not in shown["components"]
    assert not any(
        "security" in entry for path in shown["paths"].values() for entry in path.values()
    )


@pytest.mark.parametrize("environ", [{}, {"KOKORO_OPENAI": "on"}])
def test_the_examples_are_spoken_as_their_titles_say(environ: dict[str, str]) -> None:
    app = create_app(Settings.load(environ), FakeEngine())
    service = state_of(app).service
    service.start()
    service.wait_until_loaded()
    client = app.test_client()
    for path, operations in document(app)["paths"].items():
        content = operations.get("post", {}).get("requestBody", {}).get("content", {})
        for name, example in content.get("application/json", {}).get("examples", {}).items():
            reply = client.post(path, json=example["value"])
            assert reply.status_code == 200
            if name in ("Whole", "Streamed"):
                assert (reply.content_length is None) == (name == "Streamed")


def test_every_operation_has_a_name_of_its_own(app: Flask) -> None:
    names = [
        entry["operationId"] for path in document(app)["paths"].values() for entry in path.values()
    ]
    assert {"speech_create", "root_show", "root_show_v1"} <= set(names)
    assert len(names) == len(set(names))
