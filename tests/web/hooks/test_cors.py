"""Only pages of the origins in the settings may use the server."""

import pytest
from flask.testing import FlaskClient

from app import create_app
from app.settings import Settings
from tests.fakes import FakeEngine

ORIGIN = "https://example.org"
PREFLIGHT = {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization,content-type",
}


def client_of(*origins: str, api_key: str | None = "s3cret") -> FlaskClient:
    return create_app(Settings(cors_origins=origins, api_key=api_key), FakeEngine()).test_client()


@pytest.mark.parametrize("origins", [(ORIGIN,), ("http://[::1]:3000", ORIGIN), ("*",)])
def test_a_preflight_is_answered_without_a_key(origins: tuple[str, ...]) -> None:
    response = client_of(*origins).options(
        "/v1/audio/speech", headers={"Origin": ORIGIN, **PREFLIGHT}
    )
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] in (ORIGIN, "*")
    assert response.headers["Access-Control-Allow-Methods"] == "GET, POST"
    assert "authorization" in response.headers["Access-Control-Allow-Headers"].lower()
    assert "content-type" in response.headers["Access-Control-Allow-Headers"].lower()


def test_a_page_may_read_replies_and_refusals() -> None:
    client = client_of(ORIGIN)
    for key, status in (("s3cret", 200), ("wrong", 401)):
        headers = {"Origin": ORIGIN, "Authorization": f"Bearer {key}"}
        response = client.get("/v1/models", headers=headers)
        assert response.status_code == status
        assert response.headers["Access-Control-Allow-Origin"] == ORIGIN
        assert "Retry-After" in response.headers["Access-Control-Expose-Headers"]


@pytest.mark.parametrize(
    ("origins", "origin"),
    [
        ((), ORIGIN),
        (("https://other.org",), ORIGIN),
        (("https://example.or",), ORIGIN),
        ((ORIGIN,), "https://example.org.evil.com"),
        ((ORIGIN,), "https://exampleXorg"),
        ((ORIGIN,), "http://example.org"),
    ],
)
def test_other_origins_get_no_permission(origins: tuple[str, ...], origin: str) -> None:
    client = client_of(*origins, api_key=None)
    asked = client.options("/v1/audio/speech", headers={"Origin": origin, **PREFLIGHT})
    got = client.get("/v1/models", headers={"Origin": origin})
    assert [got.headers.get("Vary"), asked.headers.get("Vary")] == [
        "Origin" if origins else None
    ] * 2
    assert "Access-Control-Allow-Origin" not in asked.headers
    assert "Access-Control-Allow-Origin" not in got.headers


def test_an_options_request_that_is_no_preflight_needs_the_key() -> None:
    assert client_of(ORIGIN).options("/v1/models").status_code == 401
