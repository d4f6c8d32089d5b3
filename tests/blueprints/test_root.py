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
    described = {
        f"{method.upper()} {path}"
        for path, operations in client.get("/openapi.json").json["paths"].items()  # type: ignore[index]
        for method in operations
    }
    assert described | {"GET /docs", "GET /openapi.json", "GET /playground"} <= set(
        body["endpoints"]
    )
