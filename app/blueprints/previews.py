"""`GET /v1/audio/voices/{name}/preview`: a sample of a voice."""

from collections.abc import Mapping
from contextlib import closing
from io import BytesIO
from typing import Any

from flask import Response, request
from werkzeug.http import generate_etag
from werkzeug.wsgi import FileWrapper

from app.tts.errors import InputError
from app.tts.voices.voice import Voice
from app.web.capabilities import Capabilities
from app.web.delivery.stream import speak, whole, whole_response
from app.web.delivery.unsent_reply import BLOCK_BYTES
from app.web.endpoints import Endpoint, Operation, ReplyDescription
from app.web.errors import NotFound
from app.web.hooks.auth import needs_key
from app.web.openapi.contents import audio_content
from app.web.preview_cache import LINES
from app.web.refusals import VOICES_LISTED
from app.web.speech_requests import SpeechRequest
from app.web.state import current_state

bp = Endpoint("previews", __name__, makes_speech=True)

FRESH_SECONDS = 3600
"""Seconds for which clients may keep a preview without asking again."""


def _operation(capabilities: Capabilities) -> Operation:
    return Operation(
        summary="Speak a sample of a voice",
        replies={
            200: ReplyDescription(
                "A short line in the voice's language.", audio_content(capabilities)
            )
        },
        failures=(400, 404, 429, 500, 503, 504),
        parameters={"name": {"description": "Id or alias of a voice.", "example": "af_heart"}},
        queries=(
            {
                "name": "response_format",
                "in": "query",
                "required": False,
                "description": "Container or codec of the audio, in upper or lower case.",
                "schema": {"type": "string", "enum": list(capabilities.formats)},
                "example": capabilities.default_format,
            },
        ),
    )


@bp.get("/v1/audio/voices/<name>/preview")
@bp.describe(_operation)
def show(name: str) -> Response:
    """Return the voice's introduction of itself in its language, made once and then cached."""
    response = _spoken(_listed(name))
    response.cache_control.max_age = FRESH_SECONDS
    if needs_key(bp, current_state()):
        response.cache_control.private = True
    else:
        response.cache_control.public = True
    # Safari plays only what it can ask for in parts.
    response.make_conditional(
        _with_one_range_at_most(request.environ),
        accept_ranges=True,
        complete_length=response.content_length,
    )
    return response


def _with_one_range_at_most(environ: Mapping[str, Any]) -> dict[str, Any]:
    """Return the WSGI environment without its ranges if there are several: the reply is whole then.

    Otherwise it would need several parts; RFC 9110, 14.2, lets servers ignore such requests.
    """
    is_simple = "," not in environ.get("HTTP_RANGE", "")
    return {key: value for key, value in environ.items() if is_simple or key != "HTTP_RANGE"}


def _listed(name: str) -> Voice:
    """Return a listed voice, and no mix: there are too many to cache their previews."""
    try:
        voice = current_state().capabilities.voices.find(name)
    except InputError:
        voice = None
    if voice is None or voice.mixed_from:
        raise NotFound(
            f"There is no voice {name[:64]!r} to preview. {VOICES_LISTED}",
            param="voice",
            code="voice_not_found",
        )
    return voice


def _spoken(voice: Voice) -> Response:
    """Return the preview in the format that the query names; raises as speaking does."""
    state = current_state()
    capabilities, previews = state.capabilities, state.previews
    body = {
        "model": capabilities.models[0],
        "voice": voice.id,
        "input": LINES[voice.language.tag],
        "response_format": request.args.get("response_format"),
    }
    speech = SpeechRequest.parse(body, capabilities)
    audio_format = speech.response_format
    audio = previews.get(voice.id, audio_format.name)
    if audio is None:
        with closing(whole(speak(speech, audio_format)).audio) as reply:
            audio = b"".join(reply)
        previews.put(voice.id, audio_format.name, audio)
    # Slow readers share the cached bytes.
    blocks = FileWrapper(BytesIO(audio), BLOCK_BYTES)
    response = whole_response(blocks, len(audio))
    response.content_type = audio_format.media_type
    response.set_etag(generate_etag(audio))
    return response
