"""X-Forwarded headers are believed from as many proxies as the settings name."""

import pytest
import requests
from flask import Response, request
from flask.testing import FlaskClient

from app import create_app
from app.settings import Settings
from tests.conftest import TINY_VOICE
from tests.fakes import FakeEngine
from tests.servers import gunicorn_server

PREVIEW = "/v1/audio/voices/af_heart/preview"
HEADERS = {
    "X-Forwarded-For": "192.0.2.9, 192.0.2.1",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "speech.example.org",
    "X-Forwarded-Prefix": "/tts",
}


def client_of(proxies: int) -> FlaskClient:
    app = create_app(Settings(proxies=proxies), FakeEngine())

    @app.after_request
    def tell_address(response: Response) -> Response:
        response.headers["X-Address"] = str(request.remote_addr)
        return response

    return app.test_client()


def test_behind_a_proxy_addresses_are_those_that_clients_see() -> None:
    client = client_of(1)
    assert client.get("/", headers=HEADERS).headers["X-Address"] == "192.0.2.1"
    voices = client.get("/v1/audio/voices", headers=HEADERS).json["voices"]
    assert f"/tts{PREVIEW}" in {voice["preview_url"] for voice in voices}
    page = client.get("/docs", headers=HEADERS).text
    assert page.count("curl -s https://speech.example.org/tts/") == page.count("curl -s ") > 0


def test_with_two_proxies_the_outer_one_knows_the_client() -> None:
    assert client_of(2).get("/", headers=HEADERS).headers["X-Address"] == "192.0.2.9"


def test_without_a_proxy_the_headers_change_nothing() -> None:
    client = client_of(0)
    for path in ("/v1/audio/voices", "/docs", "/openapi.json"):
        claimed, plain = client.get(path, headers=HEADERS), client.get(path)
        assert claimed.data == plain.data
        assert claimed.headers["X-Address"] == plain.headers["X-Address"]


@pytest.mark.slow
@pytest.mark.parametrize("proxies", ["0", "1"])
def test_gunicorn_itself_believes_no_header(proxies: str) -> None:
    environ = {"KOKORO_MODEL_PATH": str(TINY_VOICE), "KOKORO_PROXIES": proxies}
    with gunicorn_server(environ) as server:
        server.wait_until_healthy()
        page = requests.get(f"{server.url}/docs", headers=HEADERS, timeout=10).text
    address = "https://speech.example.org/tts" if proxies == "1" else server.url
    assert f"curl -s {address}/v1/" in page
