"""The root lists the server's endpoints, and redirects browsers to the playground."""

from collections.abc import Mapping

import pytest
from flask.testing import FlaskClient

from app import create_app
from app.settings import Settings
from app.version import __version__
from tests.fakes import FakeEngine

CHROMIUM = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;"
    "q=0.8,application/signed-exchange;v=b3;q=0.7"
)
FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
FOR_PROGRAMS = (
    "",
    "*/*",
    "application/json",
    "application/json, text/html",
    "text/html;q=0.5, */*",
)


def client_of(**settings: object) -> FlaskClient:
    return create_app(Settings(**settings), FakeEngine()).test_client()  # type: ignore[arg-type]


@pytest.mark.parametrize("path", ["/", "/v1"])
def test_v1_lists_name_version_and_endpoints(client: FlaskClient, path: str) -> None:
    body = client.get(path).json
    assert body is not None
    assert body["name"] == "kokoro-openai-server"
    assert body["version"] == __version__
    described = {
        f"{method.upper()} {path}"
        for path, operations in client.get("/openapi.json").json["paths"].items()  # type: ignore[index]
        for method in operations
    }
    assert described | {"GET /docs", "GET /openapi.json", "GET /playground"} <= set(
        body["endpoints"]
    )


@pytest.mark.parametrize("accept", [CHROMIUM, FIREFOX, "text/html"])
@pytest.mark.parametrize("settings", [{}, {"api_key": "s3cret"}])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_browser_is_led_to_the_playground_with_and_without_a_key(
    accept: str, settings: Mapping[str, object], method: str
) -> None:
    response = client_of(**settings).open("/", method=method, headers={"Accept": accept})
    assert response.status_code == 302
    assert response.headers["Location"] == "/playground"
    assert "Accept" in response.headers["Vary"]


@pytest.mark.parametrize("accept", FOR_PROGRAMS)
def test_a_program_gets_json_and_caches_keep_the_two_apart(
    client: FlaskClient, accept: str
) -> None:
    response = client.get("/", headers={"Accept": accept} if accept else {})
    assert response.status_code == 200
    assert response.mimetype == "application/json"
    assert "Accept" in response.headers["Vary"]


def test_the_way_to_the_playground_leads_through_the_proxy() -> None:
    headers = {"Accept": FIREFOX, "X-Forwarded-Prefix": "/tts", "X-Forwarded-Host": "example.org"}
    response = client_of(proxies=1).get("/", headers=headers)
    assert response.headers["Location"] == "/tts/playground"
    assert client_of().get("/", headers=headers).headers["Location"] == "/playground"


@pytest.mark.parametrize("path", ["/v1", "/v1/models", "/health"])
def test_browsers_need_the_key_for_everything_but_pages(path: str) -> None:
    headers = {"Accept": FIREFOX}
    assert client_of().get(path, headers=headers).mimetype == "application/json"
    assert client_of(api_key="s3cret").get(path, headers=headers).status_code == 401
    assert client_of(api_key="s3cret").post("/", headers=headers).status_code == 401
