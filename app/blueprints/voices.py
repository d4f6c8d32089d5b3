"""`GET /v1/audio/voices`: the voices, for people and for clients' menus."""

from flask import Blueprint

from app.tts.voices import CATALOGUE

bp = Blueprint("voices", __name__)


@bp.get("/v1/audio/voices")
def index() -> dict[str, object]:
    """List the voices; twice, since clients look for `data` or for `voices`."""
    voices = [
        {
            "id": voice.id,
            "name": voice.name,
            "object": "voice",
            "language": voice.language.tag,
            "language_name": voice.language.name,
            "gender": voice.gender,
            "aliases": voice.aliases,
        }
        for voice in CATALOGUE.values()
    ]
    return {"object": "list", "data": voices, "voices": voices}
