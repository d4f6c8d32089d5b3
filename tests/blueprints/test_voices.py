"""The voice list that people and clients' menus read, and how its voices introduce themselves."""

from pathlib import Path

import numpy as np
import pytest
from flask.testing import FlaskClient

from app import create_app
from app.previews import LINES
from app.settings import Settings
from tests.conftest import FakeEngine


def client_of(engine: FakeEngine, **settings: object) -> FlaskClient:
    return create_app(Settings(**settings), engine).test_client()  # type: ignore[arg-type]


def test_all_54_voices_are_listed_under_both_names(client: FlaskClient) -> None:
    body = client.get("/v1/audio/voices").json
    assert body is not None
    assert body["object"] == "list"
    assert len(body["data"]) == 54
    assert body["voices"] == body["data"]


def test_a_voice_tells_its_language_gender_and_other_names(client: FlaskClient) -> None:
    body = client.get("/v1/audio/voices").json
    assert body is not None
    by_id = {voice["id"]: voice for voice in body["data"]}
    assert by_id["bm_fable"] == {
        "id": "bm_fable",
        "name": "Fable",
        "object": "voice",
        "language": "en-GB",
        "language_name": "British English",
        "gender": "male",
        "aliases": ["fable"],
        "preview_url": "/v1/audio/voices/bm_fable/preview",
    }
    assert by_id["af_sky"]["aliases"] == ["shimmer", "af_shimmer"]


def test_voices_of_the_operator_are_listed_speak_and_mix(
    engine: FakeEngine, tmp_path: Path
) -> None:
    np.save(tmp_path / "narrator.npy", np.zeros((510, 256), np.float32))
    client = client_of(engine, voices_dir=tmp_path)
    body = client.get("/v1/audio/voices").json
    assert body is not None
    assert len(body["data"]) == 55
    listed = body["data"][-1]
    assert (listed["id"], listed["language"], listed["gender"]) == ("narrator", "en-US", None)
    for voice in ("Narrator", "narrator+nova"):
        speech = {"model": "kokoro", "input": "Hi", "voice": voice}
        assert client.post("/v1/audio/speech", json=speech).status_code == 200
    assert [options.voice for _, options in engine.spoken] == [
        "narrator",
        "narrator(1)+af_nova(1)",
    ]


def test_a_broken_mix_is_400_that_points_at_the_character(client: FlaskClient) -> None:
    speech = {"model": "kokoro", "input": "Hi", "voice": "af_bella(2)+af_sky(x)"}
    response = client.post("/v1/audio/speech", json=speech)
    assert response.status_code == 400
    assert response.json is not None
    error = response.json["error"]
    assert error["param"] == "voice"
    assert error["message"].startswith("Invalid 'voice': the mix is broken at character 20, 'x'")


def test_a_voice_introduces_itself_in_its_language_once(
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


def test_a_preview_comes_in_the_format_that_is_asked_for(client: FlaskClient) -> None:
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


def test_clients_may_keep_a_preview_and_ask_whether_it_still_holds(client: FlaskClient) -> None:
    path = "/v1/audio/voices/nova/preview"
    response = client.get(path)
    assert response.headers["Cache-Control"] == "max-age=3600, public"
    same = client.get(path, headers={"If-None-Match": response.headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")
    other = client.get(path, headers={"If-None-Match": '"other"'})
    assert other.status_code == 200


@pytest.mark.parametrize(("public", "allowed"), [((), "private"), (("voices",), "public")])
def test_nobody_else_keeps_a_preview_that_needs_a_key(
    engine: FakeEngine, public: tuple[str, ...], allowed: str
) -> None:
    client = client_of(engine, api_key="s3cret", public_endpoints=public)
    headers = {"Authorization": "Bearer s3cret"}
    response = client.get("/v1/audio/voices/nova/preview", headers=headers)
    assert response.headers["Cache-Control"] == f"max-age=3600, {allowed}"


def test_a_part_of_a_preview_can_be_asked_for(client: FlaskClient) -> None:
    path = "/v1/audio/voices/nova/preview"
    whole = client.get(path)
    assert whole.headers["Accept-Ranges"] == "bytes"
    part = client.get(path, headers={"Range": "bytes=44-99"})
    assert part.status_code == 206
    assert part.data == whole.data[44:100]


@pytest.mark.parametrize("name", ["bob", "%20", "af_bella+af_sky", "af_bella(", "..%2Fnova"])
def test_what_is_not_listed_has_no_preview(
    client: FlaskClient, engine: FakeEngine, name: str
) -> None:
    response = client.get(f"/v1/audio/voices/{name}/preview")
    assert response.status_code == 404
    assert response.json is not None
    assert response.json["error"]["type"] == "invalid_request_error"
    assert not engine.spoken


def test_a_preview_that_fails_is_not_kept(client: FlaskClient, engine: FakeEngine) -> None:
    path = "/v1/audio/voices/nova/preview"
    engine.synthesize = None  # type: ignore[assignment, method-assign]
    assert client.get(path).status_code == 500
    del engine.synthesize
    assert client.get(path).status_code == 200
