"""`GET /v1/audio/voices`: the voices, for people and for clients' menus."""

from flask import Blueprint, current_app, url_for

from app.web.capabilities import Capabilities

bp = Blueprint("voices", __name__)


@bp.get("/v1/audio/voices")
def index() -> dict[str, object]:
    """List the voices; twice, since clients look for `data` or for `voices`."""
    capabilities: Capabilities = current_app.extensions["capabilities"]
    voices = [
        {
            "id": voice.id,
            "name": voice.name,
            "object": "voice",
            "language": voice.language.tag,
            "language_name": voice.language.name,
            "gender": voice.gender,
            "aliases": voice.aliases,
            "preview_url": url_for("previews.show", name=voice.id),
        }
        for voice in capabilities.voices
    ]
    return {"object": "list", "data": voices, "voices": voices}
