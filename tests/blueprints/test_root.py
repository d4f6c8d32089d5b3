"""What this server is and offers."""

import pytest
from flask.testing import FlaskClient

import app


@pytest.mark.parametrize("path", ["/", "/v1"])
def test_name_version_and_endpoints_are_told(client: FlaskClient, path: str) -> None:
    body = client.get(path).json
    assert body is not None
    assert body["name"] == "kokoro-openai-server"
    assert body["version"] == app.__version__
    assert body["endpoints"] == [
        "GET /",
        "GET /health",
        "GET /v1",
        "GET /v1/audio/voices",
        "GET /v1/models",
        "POST /v1/audio/speech",
    ]
