"""The model list in OpenAI's shape."""

from flask.testing import FlaskClient


def test_both_model_names_are_listed(client: FlaskClient) -> None:
    body = client.get("/v1/models").json
    assert body is not None
    assert body["object"] == "list"
    assert [model["id"] for model in body["data"]] == ["tts-1", "kokoro"]
    for model in body["data"]:
        assert model["object"] == "model"
        assert model["owned_by"] == "kokoro-openai-server"
        assert isinstance(model["created"], int)
