"""Whatever a request holds, the answer is one that the OpenAPI document names."""

import json
from typing import Any

import pytest
import schemathesis
from hypothesis import settings

from app import create_app
from app.events import MEDIA_TYPE
from app.openapi import document
from app.settings import Settings
from tests.conftest import FakeEngine

APP = create_app(Settings(api_key="s3cret", max_input_chars=200), FakeEngine())


def described() -> dict[str, object]:
    """The document, with the voices and languages listed that it only exemplifies.

    So what fits it is spoken, and not only refused. Events are described as OpenAPI 3.2 does it,
    which schemathesis knows.
    """
    shown: dict[str, Any] = json.loads(json.dumps(document(APP)))
    for request in ("SpeechRequest", "CaptionsRequest"):
        members = shown["components"]["schemas"][request]["properties"]
        members["voice"] = {"enum": ["af_heart", "Alloy", {"id": "bf_emma"}]}
        members["language"] = {"enum": [*members["language"]["examples"], "b", None]}
    reply = shown["paths"]["/v1/audio/speech"]["post"]["responses"]["200"]["content"]
    events = reply[MEDIA_TYPE]["schema"]["x-event-data"]
    data = {"contentMediaType": "application/json", "contentSchema": events}
    reply[MEDIA_TYPE]["schema"] = {"properties": {"data": data}, "required": ["data"]}
    return shown


schema = schemathesis.openapi.from_dict(described())
schema.app = APP
schema.config.update(headers={"Authorization": "Bearer s3cret"})


@pytest.fixture(scope="module", autouse=True)
def loaded() -> None:
    stage = APP.extensions["stage"]
    stage.start()
    stage.wait_until_loaded()


@schema.parametrize()
@settings(derandomize=True, deadline=None)
def test_every_answer_is_as_documented(case: schemathesis.Case) -> None:
    case.call_and_validate()
