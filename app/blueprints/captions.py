"""`POST /v1/audio/speech/captions`: when each word is said, with the speech or as subtitles."""

import base64
import json
from itertools import chain

from flask import Blueprint, Response, current_app
from werkzeug.wsgi import ClosingIterator

from app.web.delivery.captions import CAPTION_FORMATS
from app.web.delivery.sse import word_list
from app.web.delivery.stream import speak, whole, whole_response, words_alone
from app.web.delivery.unsent import UnsentReply
from app.web.json_body import json_body
from app.web.speech_requests import CaptionsRequest

bp = Blueprint("captions", __name__)


@bp.post("/v1/audio/speech/captions")
def create() -> Response:
    """Speak the request's input and tell when its words are said."""
    asked = CaptionsRequest.parse(json_body(), current_app.extensions["capabilities"])
    captions = CAPTION_FORMATS.get(asked.response_format)
    job = speak(asked, asked.audio_format)
    if captions is None:
        speech = whole(job)
        return _with_audio(
            speech.audio,
            audio_format=asked.audio_format.name,
            duration=round(job.clock.audio_seconds, 3),
            words=word_list(speech.words),
        )
    # A client may cut an emoji in two, and half of one cannot be encoded.
    text = captions.write(words_alone(job)).encode(errors="replace")
    return Response(text, content_type=captions.media_type)


def _with_audio(audio: UnsentReply, **members: object) -> Response:
    """Return `members` as JSON behind the audio in base64, which is made as it is sent."""
    rest = json.dumps(members, separators=(",", ":"))
    start, end = b'{"audio":"', f'",{rest[1:]}\n'.encode()
    blocks = (base64.b64encode(block) for block in audio)
    size = len(start) + 4 * ((audio.size + 2) // 3) + len(end)
    response = whole_response(ClosingIterator(chain([start], blocks, [end]), audio.close), size)
    response.content_type = "application/json"
    return response
