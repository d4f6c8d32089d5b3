"""`GET /v1/audio/voices/{name}/preview`: how a voice sounds."""

from collections.abc import Mapping
from contextlib import closing
from io import BytesIO
from typing import Any

from flask import Blueprint, Response, current_app, request
from werkzeug.http import generate_etag
from werkzeug.wsgi import FileWrapper

from app.settings import Settings
from app.tts.errors import InputError
from app.tts.voices.voice import Voice
from app.web.capabilities import Capabilities
from app.web.delivery.stream import speak, whole, whole_response
from app.web.delivery.unsent import BLOCK_BYTES
from app.web.errors import VOICES_LISTED, NotFound
from app.web.hooks.api_keys import Keys
from app.web.preview_cache import LINES, PreviewCache
from app.web.speech_requests import SpeechRequest

bp = Blueprint("previews", __name__)

FRESH_SECONDS = 3600
"""How long clients may keep a preview without asking again."""


@bp.get("/v1/audio/voices/<name>/preview")
def show(name: str) -> Response:
    """Let a voice introduce itself in its language; what it said is kept."""
    capabilities: Capabilities = current_app.extensions["capabilities"]
    settings: Settings = current_app.extensions["settings"]
    keys: Keys = current_app.extensions["keys"]
    response = _spoken(_listed(name, capabilities), capabilities)
    response.cache_control.max_age = FRESH_SECONDS
    if not keys.is_needed or bp.name in settings.public_endpoints:
        response.cache_control.public = True
    else:
        response.cache_control.private = True
    # Safari plays only what it can ask for in parts.
    response.make_conditional(
        _with_one_range_at_most(request.environ),
        accept_ranges=True,
        complete_length=response.content_length,
    )
    return response


def _with_one_range_at_most(environ: Mapping[str, Any]) -> dict[str, Any]:
    """Return a WSGI environment without ranges if it asks for several, which makes the reply whole.

    Such a reply would have several parts; RFC 9110, 14.2, lets servers ignore them.
    """
    is_simple = "," not in environ.get("HTTP_RANGE", "")
    return {key: value for key, value in environ.items() if is_simple or key != "HTTP_RANGE"}


def _listed(name: str, capabilities: Capabilities) -> Voice:
    """Return a voice of the list: of mixes there are too many to keep their previews."""
    try:
        voice = capabilities.voices.find(name)
    except InputError:
        voice = None
    if voice is None or voice.mixed_from:
        raise NotFound(
            f"There is no voice {name[:64]!r} to preview. {VOICES_LISTED}",
            param="voice",
            code="voice_not_found",
        )
    return voice


def _spoken(voice: Voice, capabilities: Capabilities) -> Response:
    """Return the preview in the format that the query names; raises as speaking does."""
    previews: PreviewCache = current_app.extensions["previews"]
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
    # Clients that read slowly share the bytes.
    blocks = FileWrapper(BytesIO(audio), BLOCK_BYTES)
    response = whole_response(blocks, len(audio))
    response.content_type = audio_format.media_type
    response.set_etag(generate_etag(audio))
    return response
