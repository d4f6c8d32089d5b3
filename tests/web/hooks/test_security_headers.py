"""Security headers of every reply."""

import pytest
from flask.testing import FlaskClient

from app import create_app
from app.settings import Settings
from tests.fakes import FakeEngine
from tests.web.hooks.test_cors import ORIGIN, PREFLIGHT

POLICY = "default-src 'none'; media-src 'self'; frame-ancestors 'none'"


@pytest.mark.parametrize(
    "path", ["/", "/health", "/v1/models", "/v1/audio/voices/af_heart/preview", "/no", "/%00<b>"]
)
@pytest.mark.parametrize("key", [None, "s3cret"])
def test_every_reply_that_is_no_page_may_load_nothing(path: str, key: str | None) -> None:
    client = create_app(Settings(api_key=key), FakeEngine()).test_client()
    with client.get(path) as reply:
        assert reply.headers.getlist("Content-Security-Policy") == [POLICY]
        assert reply.headers.getlist("X-Content-Type-Options") == ["nosniff"]
        assert reply.headers.getlist("Referrer-Policy") == ["no-referrer"]


@pytest.mark.parametrize("path", ["/docs/style.css", "/playground", "/playground/nothing.js"])
def test_pages_keep_policies_of_their_own(client: FlaskClient, path: str) -> None:
    with client.get(path) as reply:
        (policy,) = reply.headers.getlist("Content-Security-Policy")
        assert "style-src 'self'" in policy
        assert reply.headers.getlist("X-Content-Type-Options") == ["nosniff"]


def test_replies_to_other_origins_have_both_kinds_of_headers() -> None:
    client = create_app(Settings(cors_origins=(ORIGIN,)), FakeEngine()).test_client()
    preflight = client.options("/v1/audio/speech", headers={"Origin": ORIGIN, **PREFLIGHT})
    for reply in (preflight, client.get("/v1/models", headers={"Origin": ORIGIN})):
        assert reply.headers["Access-Control-Allow-Origin"] == ORIGIN
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
