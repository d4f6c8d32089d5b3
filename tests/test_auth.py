"""With a key set, nothing answers without it."""

import pytest
from flask.testing import FlaskClient

from app import create_app
from app.settings import Settings
from tests.conftest import FakeEngine

EVERY_PATH = ["/", "/v1", "/health", "/v1/models", "/v1/audio/voices", "/nowhere"]


def client_of(**settings: object) -> FlaskClient:
    return create_app(Settings(**settings), FakeEngine()).test_client()  # type: ignore[arg-type]


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


@pytest.mark.parametrize("key", ["s3cret", "schlüssel", "鍵"])
@pytest.mark.parametrize("scheme", ["Bearer", "bearer"])
def test_the_key_opens(key: str, scheme: str) -> None:
    # A client sends the key's UTF-8 bytes; WSGI shows them as Latin-1.
    header = f"{scheme} {key}".encode().decode("latin-1")
    response = client_of(api_key=key).get("/v1/models", headers={"Authorization": header})
    assert response.status_code == 200


def test_only_endpoints_named_public_need_no_key() -> None:
    client = client_of(api_key="s3cret", public_endpoints=("health", "voices"))
    codes = {path: client.get(path).status_code for path in EVERY_PATH}
    assert codes.pop("/health") in (200, 503)
    assert codes.pop("/v1/audio/voices") == 200
    assert set(codes.values()) == {401}


def test_without_a_key_set_nothing_is_asked() -> None:
    headers = {"Authorization": "Bearer undefined"}
    assert client_of().get("/v1/models", headers=headers).status_code == 200
