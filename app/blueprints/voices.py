"""`GET /v1/audio/voices`: the voices, for people and for clients' menus."""

from flask import Response, jsonify, url_for

from app.tts.voices.voice import Voice
from app.web.endpoints import Endpoint, Operation, ReplyDescription
from app.web.openapi.contents import json_content
from app.web.replies import VoiceList, VoiceReply
from app.web.state import current_state

bp = Endpoint("voices", __name__)


@bp.get("/v1/audio/voices")
@bp.describe(
    Operation(
        summary="List the voices",
        replies={200: ReplyDescription("All voices.", json_content(VoiceList))},
    )
)
def index() -> Response:
    """List the voices; twice, since clients look for `data` or for `voices`."""
    voices = [_reply(voice) for voice in current_state().capabilities.voices]
    return jsonify(VoiceList(object="list", data=voices, voices=voices))


def _reply(voice: Voice) -> VoiceReply:
    return VoiceReply(
        id=voice.id,
        name=voice.name,
        object="voice",
        language=voice.language.tag,
        language_name=voice.language.name,
        gender=voice.gender,
        aliases=list(voice.aliases),
        preview_url=url_for("previews.show", name=voice.id),
    )
