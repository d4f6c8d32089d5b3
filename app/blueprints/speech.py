"""`POST /v1/audio/speech`: text in, speech out."""

from functools import partial
from typing import get_args

from flask import Response

from app.web.capabilities import Capabilities
from app.web.delivery.sse import GROWTH, MEDIA_TYPE, speech_events
from app.web.delivery.stream import StreamedSpeech, audio_bytes, speak, whole, whole_response
from app.web.endpoints import Endpoint, EventStream, Operation, ReplyDescription
from app.web.json_body import json_body
from app.web.openapi.contents import audio_content
from app.web.openapi.responses import speaking_failures
from app.web.replies import SpeechEvent
from app.web.speech_requests import SpeechRequest
from app.web.state import current_state

bp = Endpoint("speech", __name__, makes_speech=True)

_VOICE = {"model": "tts-1", "voice": "af_heart"}

_EXAMPLES = {
    "Whole": {
        **_VOICE,
        "input": "Hello, this is Kokoro.",
        "response_format": "wav",
        "stream": False,
    },
    "Streamed": {
        **_VOICE,
        "input": "This comes first. This comes second.",
        "response_format": "wav",
        "stream": True,
    },
    "As events, with the times of words": {
        **_VOICE,
        "input": "One word at a time.",
        "response_format": "pcm",
        "stream_format": "sse",
        "timestamps": True,
    },
}


def _operation(capabilities: Capabilities) -> Operation:
    events = {MEDIA_TYPE: EventStream(get_args(SpeechEvent))}
    return Operation(
        summary="Speak a text",
        description=(
            "The reply is the audio. A streamed reply begins as soon as its first half second is "
            "made. With `stream_format` `sse` it is a stream of events: `AudioDelta` and "
            "`AudioWords`, then `AudioDone`, or `ErrorEvent` if the speech breaks off."
        ),
        request=SpeechRequest,
        examples=_EXAMPLES,
        replies={200: ReplyDescription("The speech.", {**audio_content(capabilities), **events})},
        failures=speaking_failures(capabilities),
    )


@bp.post("/v1/audio/speech")
@bp.describe(_operation)
def create() -> Response:
    """Speak the request's input: whole, streamed, or as events."""
    speech = SpeechRequest.parse(json_body(), current_state().capabilities)
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
        response.headers["X-Accel-Buffering"] = "no"  # else nginx holds back the first sound
    else:
        audio = whole(job).audio
        response = whole_response(audio, audio.size)
    response.content_type = MEDIA_TYPE if speech.wants_events else audio_format.media_type
    return response
