"""With a key set, every request needs one."""

import logging
from pathlib import Path

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from structlog.contextvars import get_contextvars

from app import create_app
from app.settings import Settings
from tests.fakes import FakeEngine

EVERY_PATH = ["/", "/v1", "/health", "/v1/models", "/v1/audio/voices", "/nowhere"]


def app_of(**settings: object) -> Flask:
    return create_app(Settings(**settings), FakeEngine())  # type: ignore[arg-type]


def client_of(**settings: object) -> FlaskClient:
    return app_of(**settings).test_client()


def key_file(folder: Path, content: str) -> Path:
    path = folder / "keys"
    path.write_text(content)
    path.chmod(0o600)
    return path


@pytest.mark.parametrize("path", EVERY_PATH)
@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer ", "Bearer wrong", "Basic s3cret", "s3cret", "Bearer é"]
)
def test_every_path_is_401_without_the_key(path: str, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}

    response = client_of(api_key="s3cret").get(path, headers=headers)

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert response.json is not None
    assert response.json["error"] == {
        "message": "A valid key is needed: send the header 'Authorization: Bearer <key>'.",
        "type": "invalid_request_error",
        "param": None,
        "code": "invalid_api_key",
    }


def test_speech_is_401_without_the_key() -> None:
    response = client_of(api_key="s3cret").post("/v1/audio/speech", json={})
    assert response.status_code == 401


@pytest.mark.parametrize("key", ["s3cret", "schlüssel", "voilà", "鍵"])
@pytest.mark.parametrize("scheme", ["Bearer", "bearer"])
def test_the_key_opens(key: str, scheme: str) -> None:
    # A client sends the key as UTF-8; WSGI decodes it as Latin-1.
    header = f"{scheme} {key}".encode().decode("latin-1")
    response = client_of(api_key=key).get("/v1/models", headers={"Authorization": header})
    assert response.status_code == 200


def test_only_endpoints_named_public_need_no_key() -> None:
    client = client_of(api_key="s3cret", public_endpoints=("health", "voices"))
    codes = {path: client.get(path).status_code for path in EVERY_PATH}
    assert codes.pop("/health") in (200, 503)
    assert codes.pop("/v1/audio/voices") == 200
    assert set(codes.values()) == {401}


def test_without_a_key_set_none_is_needed() -> None:
    headers = {"Authorization": "Bearer undefined"}
    assert client_of().get("/v1/models", headers=headers).status_code == 200


def test_each_key_of_the_file_opens_beside_that_of_the_settings(tmp_path: Path) -> None:
    client = client_of(api_key="s3cret", api_key_file=key_file(tmp_path, "alice:a\nbob:b\n"))
    codes = {
        key: client.get("/v1/models", headers={"Authorization": f"Bearer {key}"}).status_code
        for key in ("s3cret", "a", "b", "alice:a", "c")
    }
    assert codes == {"s3cret": 200, "a": 200, "b": 200, "alice:a": 401, "c": 401}


def test_the_name_of_the_key_is_bound_to_the_request_and_its_log_lines(tmp_path: Path) -> None:
    app = app_of(api_key_file=key_file(tmp_path, "alice:a"))
    seen: list[object] = []

    @app.after_request
    def look(response: object) -> object:
        seen.append((g.get("key_name"), get_contextvars().get("key")))
        return response

    for key in ("a", "wrong"):
        app.test_client().get("/v1/models", headers={"Authorization": f"Bearer {key}"})
    assert seen == [("alice", "alice"), (None, None)]


def test_a_file_without_a_valid_key_refuses_everybody_and_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = key_file(tmp_path, "alice:SECRET SECRET\n")
    path.chmod(0o644)
    with caplog.at_level(logging.WARNING):
        client = client_of(api_key_file=path)
    bad, exposed = [line.message for line in caplog.records if line.name == "app.web.hooks.auth"]
    assert bad == f"The key file {path}, line 1: a key must be printable characters without spaces."
    assert "open to others" in exposed
    assert "SECRET" not in caplog.text
    for header in ({}, {"Authorization": "Bearer SECRET SECRET"}, {"Authorization": "Bearer "}):
        assert client.get("/v1/models", headers=header).status_code == 401


def test_with_a_key_file_the_pages_and_the_document_say_that_a_key_is_needed(
    tmp_path: Path,
) -> None:
    client = client_of(api_key_file=key_file(tmp_path, "alice:a"))
    assert "<details open>" in client.get("/playground").text
    assert client.get("/openapi.json").json["components"]["securitySchemes"]
    preview = "/v1/audio/voices/af_heart/preview"
    with client.get(preview, headers={"Authorization": "Bearer a"}) as reply:
        assert reply.headers["Cache-Control"] == "max-age=3600, private"
