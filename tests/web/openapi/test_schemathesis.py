"""For every request, the reply is one that the OpenAPI document describes."""

import json
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import settings

from app import create_app
from app.settings import Settings
from app.web.delivery.sse import MEDIA_TYPE
from app.web.openapi import document
from app.web.state import state_of
from tests.fakes import FakeEngine

STRICT, OPENAI = (
    create_app(
        Settings.load(
            {"API_KEY": "s3cret", "KOKORO_MAX_INPUT_CHARS": "200", "KOKORO_OPENAI": openai}
        ),
        FakeEngine(),
    )
    for openai in ("off", "on")
)


def described(app: Flask) -> dict[str, object]:
    """Return the document with voices and languages as enums instead of examples.

    Generated requests are then spoken, and not all refused. Events are described in the way of
    OpenAPI 3.2, which schemathesis knows.
    """
    shown: dict[str, Any] = json.loads(json.dumps(document(app)))
    for request in ("SpeechRequest", "CaptionsRequest"):
        members = shown["components"]["schemas"][request]["properties"]
        members["voice"] = {"enum": ["af_heart", "Alloy", {"id": "bf_emma"}]}
        members["language"] = {"enum": [*members["language"]["examples"], "b", None]}
    reply = shown["paths"]["/v1/audio/speech"]["post"]["responses"]["200"]["content"]
    events = reply[MEDIA_TYPE]["schema"]["x-event-data"]
    data = {"contentMediaType": "application/json", "contentSchema": events}
    reply[MEDIA_TYPE]["schema"] = {"properties": {"data": data}, "required": ["data"]}
    return shown


def schema_of(app: Flask) -> schemathesis.BaseSchema:
    schema = schemathesis.openapi.from_dict(described(app))
    schema.app = app
    schema.config.update(headers={"Authorization": "Bearer s3cret"})
    return schema


strict_schema, openai_schema = schema_of(STRICT), schema_of(OPENAI)


@pytest.fixture(scope="module", autouse=True)
def loaded() -> None:
    for app in (STRICT, OPENAI):
        service = state_of(app).service
        service.start()
        service.wait_until_loaded()


@strict_schema.parametrize()
@settings(derandomize=True)
def test_every_answer_is_as_documented(case: schemathesis.Case) -> None:
    case.call_and_validate()


@openai_schema.parametrize()
@settings(derandomize=True)
def test_with_openai_every_answer_is_as_documented(case: schemathesis.Case) -> None:
    case.call_and_validate()
