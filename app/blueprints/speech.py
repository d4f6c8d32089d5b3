"""`POST /v1/audio/speech`: text in, speech out."""

from functools import partial

from flask import Blueprint, Response, current_app

from app.web.delivery.sse import GROWTH, MEDIA_TYPE, speech_events
from app.web.delivery.stream import StreamedSpeech, audio_bytes, speak, whole, whole_response
from app.web.json_body import json_body
from app.web.speech_requests import SpeechRequest

bp = Blueprint("speech", __name__)


@bp.post("/v1/audio/speech")
def create() -> Response:
    """Speak the request's input: whole, streamed, or as events."""
    speech = SpeechRequest.parse(json_body(), current_app.extensions["capabilities"])
    audio_format = speech.response_format
    job = speak(speech, audio_format, is_streamed=speech.is_streamed)
    if speech.is_streamed:
        bytes_a_second: float = audio_format.bytes_a_second
        parts_of = audio_bytes
        if speech.wants_events:
            bytes_a_second *= GROWTH
            parts_of = partial(speech_events, text=speech.input)
        response = Response(StreamedSpeech(job, parts_of, bytes_a_second))
        response.headers["Cache-Control"] = "no-cache"
        response.headers["X-Accel-Buffering"] = "no"  # nginx would hold the first sound back
    else:
        audio = whole(job).audio
        response = whole_response(audio, audio.size)
    response.content_type = MEDIA_TYPE if speech.wants_events else audio_format.media_type
    return response
