"""The list of voices."""

from pathlib import Path

import numpy as np
from flask.testing import FlaskClient

from app import create_app
from app.settings import Settings
from tests.fakes import FakeEngine


def client_of(engine: FakeEngine, **settings: object) -> FlaskClient:
    return create_app(Settings(**settings), engine).test_client()  # type: ignore[arg-type]


def test_all_54_voices_are_listed_in_data_and_voices(client: FlaskClient) -> None:
    body = client.get("/v1/audio/voices").json
    assert body is not None
    assert body["object"] == "list"
    assert len(body["data"]) == 54
    assert body["voices"] == body["data"]


def test_a_voice_has_its_language_gender_and_aliases(client: FlaskClient) -> None:
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
