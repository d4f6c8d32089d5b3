"""Previews are made once and then cached."""

import pytest
from flask.testing import FlaskClient

from app import create_app
from app.settings import Settings
from app.web.preview_cache import LINES
from app.web.state import state_of
from tests.fakes import FakeEngine


def client_of(engine: FakeEngine, **settings: object) -> FlaskClient:
    return create_app(Settings(**settings), engine).test_client()  # type: ignore[arg-type]


def test_a_voice_introduces_itself_in_its_language_and_is_cached(
    client: FlaskClient, engine: FakeEngine
) -> None:
    first = client.get("/v1/audio/voices/ff_siwis/preview")
    assert first.status_code == 200
    assert first.content_type == "audio/wav"
    assert first.data[:4] == b"RIFF"
    words = [word for word, _ in engine.spoken]
    assert " ".join(words) == " ".join(LINES["fr-FR"].split())
    assert {options.voice for _, options in engine.spoken} == {"ff_siwis"}
    again = client.get("/v1/audio/voices/FF_Siwis/preview")
    assert again.data == first.data
    assert len(engine.spoken) == len(words)


@pytest.mark.parametrize("name", ["alloy", "af_alloy"])
def test_a_preview_is_found_by_any_name(client: FlaskClient, engine: FakeEngine, name: str) -> None:
    assert client.get(f"/v1/audio/voices/{name}/preview").status_code == 200
    assert engine.spoken[0][1].voice == "af_alloy"


def test_a_preview_has_the_requested_format(client: FlaskClient) -> None:
    path = "/v1/audio/voices/nova/preview"
    wav, pcm = client.get(path), client.get(f"{path}?response_format=PCM")
    assert (wav.content_type, pcm.content_type) == ("audio/wav", "audio/pcm")
    assert wav.data[44:] == pcm.data
    refused = client.get(f"{path}?response_format=midi")
    assert refused.status_code == 400
    assert refused.json is not None
    assert refused.json["error"]["param"] == "response_format"


def test_a_preview_is_in_the_default_format(engine: FakeEngine) -> None:
    client = client_of(engine, default_format="pcm")
    assert client.get("/v1/audio/voices/nova/preview").content_type == "audio/pcm"


def test_clients_may_cache_a_preview_and_revalidate_it(client: FlaskClient) -> None:
    path = "/v1/audio/voices/nova/preview"
    response = client.get(path)
    assert response.headers["Cache-Control"] == "max-age=3600, public"
    same = client.get(path, headers={"If-None-Match": response.headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")
    other = client.get(path, headers={"If-None-Match": '"other"'})
    assert other.status_code == 200


@pytest.mark.parametrize(("public", "allowed"), [((), "private"), (("previews",), "public")])
def test_shared_caches_may_not_keep_a_preview_that_needs_a_key(
    engine: FakeEngine, public: tuple[str, ...], allowed: str
) -> None:
    client = client_of(engine, api_key="s3cret", public_endpoints=public)
    headers = {"Authorization": "Bearer s3cret"}
    response = client.get("/v1/audio/voices/nova/preview", headers=headers)
    assert response.headers["Cache-Control"] == f"max-age=3600, {allowed}"


def test_a_preview_can_be_requested_in_ranges(client: FlaskClient) -> None:
    path = "/v1/audio/voices/nova/preview"
    whole = client.get(path)
    assert whole.headers["Accept-Ranges"] == "bytes"
    part = client.get(path, headers={"Range": "bytes=44-99"})
    assert part.status_code == 206
    assert part.data == whole.data[44:100]


def test_several_ranges_of_a_preview_are_answered_with_the_whole(client: FlaskClient) -> None:
    path = "/v1/audio/voices/nova/preview"
    whole = client.get(path)
    parts = client.get(path, headers={"Range": "bytes=0-9, 44-99"})
    assert parts.status_code == 200
    assert parts.data == whole.data
    assert parts.content_length == len(whole.data)


def test_a_range_beyond_a_preview_is_416_with_its_length(
    client: FlaskClient,
) -> None:
    path = "/v1/audio/voices/nova/preview"
    whole = client.get(path)
    missing = client.get(path, headers={"Range": "bytes=999999-"})
    assert missing.status_code == 416
    assert missing.headers["Content-Range"] == f"bytes */{len(whole.data)}"
    assert missing.json is not None
    assert missing.json["error"]["type"] == "invalid_request_error"


def test_a_cached_preview_takes_no_room(client: FlaskClient) -> None:
    client.get("/v1/audio/voices/nova/preview", buffered=False)
    assert state_of(client.application).unsent_replies.held_bytes == 0


def test_a_preview_that_the_client_has_is_not_sent_again(client: FlaskClient) -> None:
    path = "/v1/audio/voices/nova/preview"
    etag = client.get(path).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    head = client.head(path)
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == etag


@pytest.mark.parametrize("name", ["bob", "%20", "af_bella+af_sky", "af_bella(", "..%2Fnova"])
def test_voices_that_are_not_listed_have_no_preview(
    client: FlaskClient, engine: FakeEngine, name: str
) -> None:
    response = client.get(f"/v1/audio/voices/{name}/preview")
    assert response.status_code == 404
    assert response.json is not None
    assert response.json["error"]["type"] == "invalid_request_error"
    assert not engine.spoken


def test_a_preview_that_fails_is_not_cached(client: FlaskClient, engine: FakeEngine) -> None:
    path = "/v1/audio/voices/nova/preview"
    engine.synthesize = None  # type: ignore[assignment, method-assign]
    assert client.get(path).status_code == 500
    del engine.synthesize
    assert client.get(path).status_code == 200


def test_a_public_list_of_voices_does_not_make_previews_public(engine: FakeEngine) -> None:
    client = client_of(engine, api_key="s3cret", public_endpoints=("voices",))
    assert client.get("/v1/audio/voices").status_code == 200
    assert client.get("/v1/audio/voices/nova/preview").status_code == 401
    assert not engine.spoken


def test_a_cached_preview_does_not_carry_an_earlier_request_id(
    client: FlaskClient,
) -> None:
    path = "/v1/audio/voices/nova/preview"
    made, kept = client.get(path), client.get(path)
    assert made.data == kept.data
    assert made.headers["X-Request-Id"] != kept.headers["X-Request-Id"]
