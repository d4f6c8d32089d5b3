"""Whatever a request holds, the answer is one that the OpenAPI document names."""

import json

import pytest
import schemathesis
from hypothesis import settings

from app import create_app
from app.openapi import document
from app.settings import Settings
from tests.conftest import FakeEngine

APP = create_app(Settings(api_key="s3cret", max_input_chars=200), FakeEngine())


def described() -> dict[str, object]:
    """The document, but for that it lists the voices and languages that it only exemplifies.

    So what fits it is spoken, and not only refused.
    """
    shown = json.loads(json.dumps(document(APP)))
    for request in ("SpeechRequest", "CaptionsRequest"):
        members = shown["components"]["schemas"][request]["properties"]
        members["voice"] = {"enum": ["af_heart", "Alloy", {"id": "bf_emma"}]}
        members["language"] = {"enum": [*members["language"]["examples"], "b", None]}
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
