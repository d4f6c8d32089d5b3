"""`POST /v1/audio/speech`: text in, speech out."""

import json
import uuid
from contextlib import closing

from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from app.delivery import StreamedSpeech, client_gone
from app.errors import InvalidRequest
from app.schemas import MAX_BODY_BYTES, SpeechRequest
from app.settings import Settings
from app.stage import Stage
from app.tts.encode import pcm16
from app.tts.types import SynthesisOptions

bp = Blueprint("speech", __name__)


@bp.post("/v1/audio/speech")
def create() -> Response:
    """Speak the request's input, whole or streamed."""
    settings: Settings = current_app.extensions["settings"]
    stage: Stage = current_app.extensions["stage"]
    speech = SpeechRequest.parse(_json_body(), max_input_chars=settings.max_input_chars)
    request_id = uuid.uuid4().hex
    environ = request.environ
    performance = stage.perform(
        speech.input,
        SynthesisOptions(speech.voice, speech.speed, speech.language),
        request_id=request_id,
        is_streamed=speech.stream,
        listener_gone=lambda: client_gone(environ),
    )
    audio_format = speech.response_format
    if speech.stream:
        response = Response(StreamedSpeech(performance, audio_format))
        response.headers["Cache-Control"] = "no-cache"
        response.headers["X-Accel-Buffering"] = "no"  # nginx would hold the first sound back
    else:
        with closing(performance):
            pcm = b"".join(pcm16(chunk.samples) for chunk in performance)
        response = Response(audio_format.header(len(pcm)) + pcm)
    response.content_type = audio_format.media_type
    response.headers["X-Request-Id"] = request_id
    return response


def _json_body() -> object:
    if not request.is_json:
        raise UnsupportedMediaType("The body must be JSON: send Content-Type: application/json.")
    body = request.get_data()
    if len(body) > MAX_BODY_BYTES:  # Werkzeug cuts a chunked body off and says nothing
        raise RequestEntityTooLarge
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        place = f" at character {error.pos + 1}" if isinstance(error, json.JSONDecodeError) else ""
        raise InvalidRequest(f"The body is not valid JSON{place}.") from error
