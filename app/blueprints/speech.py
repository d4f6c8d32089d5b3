"""`POST /v1/audio/speech`: text in, speech out."""

from flask import Blueprint, Response, current_app

from app.delivery import StreamedSpeech, audio_bytes, perform, whole
from app.events import MEDIA_TYPE, speech_events
from app.request_body import json_body
from app.schemas import SpeechRequest

bp = Blueprint("speech", __name__)


@bp.post("/v1/audio/speech")
def create() -> Response:
    """Speak the request's input: whole, streamed, or as events."""
    speech = SpeechRequest.parse(json_body(), current_app.extensions["offer"])
    audio_format = speech.response_format
    performance = perform(speech, audio_format, is_streamed=speech.is_streamed)
    if speech.is_streamed:
        parts = (
            speech_events(performance, speech.input)
            if speech.wants_events
            else audio_bytes(performance)
        )
        response = Response(StreamedSpeech(performance, parts))
        response.headers["Cache-Control"] = "no-cache"
        response.headers["X-Accel-Buffering"] = "no"  # nginx would hold the first sound back
    else:
        response = Response(whole(performance).audio)
    response.content_type = MEDIA_TYPE if speech.wants_events else audio_format.media_type
    response.headers["X-Request-Id"] = performance.request_id
    return response
