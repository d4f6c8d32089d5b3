"""`POST /v1/audio/speech/captions`: the times of words, with the speech or as subtitles."""

import base64
import json
from itertools import chain

from flask import Response
from werkzeug.wsgi import ClosingIterator

from app.web.capabilities import Capabilities
from app.web.delivery.captions import CAPTION_FORMATS
from app.web.delivery.sse import word_list
from app.web.delivery.stream import WholeSpeech, speak, whole, whole_response, words_alone
from app.web.endpoints import Endpoint, Operation, ReplyDescription
from app.web.json_body import json_body
from app.web.openapi.contents import TEXT, json_content
from app.web.openapi.responses import speaking_failures
from app.web.replies import Captions
from app.web.speech_requests import CaptionsRequest
from app.web.state import current_state

bp = Endpoint("captions", __name__, makes_speech=True)


def _operation(capabilities: Capabilities) -> Operation:
    example = {"model": "tts-1", "voice": "af_heart", "input": "One word at a time."}
    files = {captions.media_type: TEXT for captions in CAPTION_FORMATS.values()}
    return Operation(
        summary="Speak a text and return the times of its words",
        description="JSON holds the speech and its words; SubRip and WebVTT hold only the words.",
        request=CaptionsRequest,
        examples={
            "The speech and its words": example,
            "As WebVTT": {**example, "response_format": "vtt"},
        },
        replies={
            200: ReplyDescription(
                "The words, and in JSON also the speech.", {**json_content(Captions), **files}
            )
        },
        failures=speaking_failures(capabilities),
    )


@bp.post("/v1/audio/speech/captions")
@bp.describe(_operation)
def create() -> Response:
    """Speak the request's input and return the times of its words."""
    speech = CaptionsRequest.parse(json_body(), current_state().capabilities)
    captions = CAPTION_FORMATS.get(speech.response_format)
    job = speak(speech, speech.audio_format)
    if captions is None:
        spoken = whole(job)
        return _with_audio(spoken, speech.audio_format.name, round(job.clock.audio_seconds, 3))
    # A client may cut an emoji in two, and half of one cannot be encoded.
    text = captions.write(words_alone(job)).encode(errors="replace")
    return Response(text, content_type=captions.media_type)


def _with_audio(speech: WholeSpeech, audio_format: str, duration: float) -> Response:
    """Return `Captions` whose audio is encoded in base64 block by block, as it is sent."""
    words = word_list(speech.words)
    reply = Captions(audio="", audio_format=audio_format, duration=duration, words=words)
    text = json.dumps(reply.model_dump(), separators=(",", ":")).encode()
    # A word cannot look like this member, because quotes within a string of JSON are escaped.
    before, after = text.split(b'"audio":""')
    start, end = before + b'"audio":"', b'"' + after + b"\n"
    blocks = (base64.b64encode(block) for block in speech.audio)
    size = len(start) + 4 * ((speech.audio.size + 2) // 3) + len(end)
    body = ClosingIterator(chain([start], blocks, [end]), speech.audio.close)
    response = whole_response(body, size)
    response.content_type = "application/json"
    return response
