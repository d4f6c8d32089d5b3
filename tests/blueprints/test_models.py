"""Models are listed in the shapes of OpenAI and of Open WebUI."""

import pytest
from flask.testing import FlaskClient

from app import create_app
from app.settings import Settings
from tests.fakes import FakeEngine

SETTINGS = Settings(model_ids=("tts-1-hd", "hexgrad/Kokoro"))
NAMES = ["tts-1", "kokoro", *SETTINGS.model_ids]


@pytest.fixture
def client() -> FlaskClient:
    return create_app(SETTINGS, FakeEngine()).test_client()


def test_every_model_name_is_listed(client: FlaskClient) -> None:
    body = client.get("/v1/models").json
    assert body is not None
    assert body["object"] == "list"
    assert [model["id"] for model in body["data"]] == NAMES
    for model in body["data"]:
        assert model["object"] == "model"
        assert model["owned_by"] == "kokoro-openai-server"
        assert isinstance(model["created"], int)


@pytest.mark.parametrize("name", [*NAMES, "hexgrad%2FKokoro"])
def test_one_model_is_described_as_in_the_list(client: FlaskClient, name: str) -> None:
    listed = client.get("/v1/models").json
    assert listed is not None
    assert client.get(f"/v1/models/{name}").json in listed["data"]


@pytest.mark.parametrize("name", ["gpt-4", "TTS-1", "%20", "tts-1/x"])
def test_an_unknown_model_is_404_in_openais_shape(client: FlaskClient, name: str) -> None:
    response = client.get(f"/v1/models/{name}")
    assert response.status_code == 404
    assert response.json is not None
    error = response.json["error"]
    assert error.keys() == {"message", "type", "param", "code"}
    assert (error["type"], error["param"], error["code"]) == (
        "invalid_request_error",
        "model",
        "model_not_found",
    )
    assert "GET /v1/models lists those that do." in error["message"]
    assert error["message"].startswith("The model `")


def test_the_models_are_listed_as_open_webui_reads_them(client: FlaskClient) -> None:
    assert client.get("/v1/audio/models").json == {"models": [{"id": name} for name in NAMES]}


def test_with_openai_the_models_are_openais_and_each_is_described() -> None:
    client = create_app(Settings.load({"KOKORO_OPENAI": "on"}), FakeEngine()).test_client()
    body = client.get("/v1/models").json
    assert body is not None
    names = [model["id"] for model in body["data"]]
    assert {"tts-1", "tts-1-hd", "gpt-4o-mini-tts", "gpt-4o-mini-tts-2025-12-15"} < set(names)
    for model in body["data"]:
        assert client.get(f"/v1/models/{model['id']}").json == model


def test_if_any_name_is_accepted_every_name_is_a_model() -> None:
    client = create_app(Settings(model_ids=("*",)), FakeEngine()).test_client()
    listed = client.get("/v1/models").json
    assert listed is not None
    assert [model["id"] for model in listed["data"]] == ["tts-1", "kokoro"]
    described = client.get("/v1/models/gpt-9").json
    assert described is not None
    assert described["id"] == "gpt-9"
    assert client.get("/v1/models/%20").status_code == 404
