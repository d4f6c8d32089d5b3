"""`POST /v1/audio/speech/captions`: when each word is said, with the speech or as subtitles."""

import base64

from flask import Blueprint, Response, current_app, jsonify

from app.captions import CAPTION_FORMATS
from app.delivery import perform, whole
from app.events import word_list
from app.request_body import json_body
from app.schemas import CaptionsRequest

bp = Blueprint("captions", __name__)


@bp.post("/v1/audio/speech/captions")
def create() -> Response:
    """Speak the request's input and tell when its words are said."""
    asked = CaptionsRequest.parse(json_body(), current_app.extensions["offer"])
    performance = perform(asked, asked.audio_format)
    speech = whole(performance)
    if asked.response_format == "json":
        response = jsonify(
            audio=base64.b64encode(speech.audio).decode(),
            audio_format=asked.audio_format.name,
            duration=round(performance.clock.audio_seconds, 3),
            words=word_list(speech.words),
        )
    else:
        captions = CAPTION_FORMATS[asked.response_format]
        # A client may cut an emoji in two, and half of one cannot be encoded.
        text = captions.write(speech.words).encode(errors="replace")
        response = Response(text, content_type=captions.media_type)
    return response
