"""The voice list that people and clients' menus read."""

from flask.testing import FlaskClient


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
    }
    assert by_id["af_sky"]["aliases"] == ["shimmer", "af_shimmer"]
