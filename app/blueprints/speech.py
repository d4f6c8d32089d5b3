"""`POST /v1/audio/speech`: text in, speech out."""

from flask import Blueprint, Response, current_app, request

from app.delivery import StreamedSpeech, audio_bytes, bound_look_ahead, perform, whole
from app.events import GROWTH, MEDIA_TYPE, speech_events
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
        bytes_a_second: float = audio_format.bytes_a_second
        parts = audio_bytes(performance)
        if speech.wants_events:
            bytes_a_second *= GROWTH
            parts = speech_events(performance, speech.input)
        bound_look_ahead(request.environ, bytes_a_second)
        response = Response(StreamedSpeech(performance, parts))
        response.headers["Cache-Control"] = "no-cache"
        response.headers["X-Accel-Buffering"] = "no"  # nginx would hold the first sound back
    else:
        response = Response(whole(performance).audio)
    response.content_type = MEDIA_TYPE if speech.wants_events else audio_format.media_type
    return response
