"""What each endpoint takes and answers, beside what its models say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from app.web import replies
from app.web.capabilities import Capabilities
from app.web.delivery.captions import CAPTION_FORMATS
from app.web.delivery.sse import MEDIA_TYPE
from app.web.openapi.responses import JSON, Content, reply
from app.web.openapi.schemas import event_stream_schema, ref
from app.web.speech_requests import CaptionsRequest, SpeechRequest, SpokenText

SPEAKING_FAILURES = (400, 408, 413, 415, 429, 500, 503, 504)

_TEXT = {"type": "string"}


@dataclass(frozen=True)
class Operation:
    """One endpoint."""

    summary: str
    """What it is for, in a few words."""

    reply_description: str
    content: Content
    """What a success holds."""

    description: str = ""
    further_replies: Mapping[str, Any] = field(default_factory=dict)
    """Replies by status that are neither a success nor an `ErrorReply`."""

    failures: tuple[int, ...] = ()
    """Statuses that come with an `ErrorReply`, but for that of a missing key."""

    parameter: Mapping[str, Any] = field(default_factory=dict)
    """Details of the part of the path that stands for something."""

    queries: tuple[Mapping[str, Any], ...] = ()
    """What may follow the path."""

    request: type[SpokenText] | None = None
    examples: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Bodies by what they show."""


def operations(capabilities: Capabilities) -> dict[str, Operation]:
    """Return the operations by the names of their routes."""
    return {
        "speech.create": _speech(capabilities),
        "captions.create": _captions(capabilities),
        "voices.index": Operation(
            summary="List the voices",
            reply_description="All voices.",
            content=_json(replies.VoiceList),
        ),
        "previews.show": Operation(
            summary="Let a voice introduce itself",
            reply_description="A short line in the voice's language.",
            content=_audio(capabilities),
            failures=(400, 404, 429, 500, 503, 504),
            parameter={"description": "A voice's id or other name.", "example": "af_heart"},
            queries=(
                {
                    "name": "response_format",
                    "in": "query",
                    "required": False,
                    "description": "The container or codec of the audio, in upper or lower case.",
                    "schema": {"type": "string", "enum": list(capabilities.formats)},
                    "example": capabilities.default_format,
                },
            ),
        ),
        "models.index": Operation(
            summary="List the models",
            reply_description="All names of the one model, in OpenAI's shape.",
            content=_json(replies.ModelList),
        ),
        "models.show": Operation(
            summary="Describe a model",
            reply_description="The model.",
            content=_json(replies.ModelReply),
            failures=(404,),
            parameter={"description": "A name of the model.", "example": "tts-1"},
        ),
        "models.audio_index": Operation(
            summary="List the models for Open WebUI",
            reply_description="All names of the one model.",
            content=_json(replies.AudioModelList),
        ),
        "health.show": Operation(
            summary="Tell whether the model can speak",
            reply_description="It has spoken its warm-up.",
            content=_json(replies.HealthReply),
            further_replies={
                "503": reply("It is loading, or broken.", _json(replies.HealthReply)),
            },
        ),
        "metrics.show": Operation(
            summary="Tell what is going on, to Prometheus",
            reply_description="The metrics of all processes, as text or OpenMetrics.",
            content={
                "text/plain": _TEXT,
                "application/openmetrics-text": _TEXT,
            },
        ),
        "health.live": Operation(
            summary="Tell that requests are answered",
            reply_description="They are.",
            content=_json(replies.HealthReply),
        ),
        "root.show": _server(
            {
                "302": reply(
                    "Where the playground is, if `Accept` prefers `text/html` as browsers' does.",
                    {"text/html": _TEXT},
                    {"Location": {"description": "Its path.", "schema": _TEXT}},
                )
            }
        ),
        "root.show_v1": _server(),
    }


def _server(further_replies: Mapping[str, Any] | None = None) -> Operation:
    return Operation(
        summary="Tell what this server is",
        reply_description="Its name, version and endpoints.",
        content=_json(replies.ServerReply),
        further_replies=further_replies or {},
    )


def _speech(capabilities: Capabilities) -> Operation:
    said = {"model": "tts-1", "voice": "af_heart"}
    return Operation(
        summary="Speak a text",
        description=(
            "The reply is the audio; streamed, it begins with its first half second. With "
            "`stream_format` `sse` it is events: `AudioDelta` and `AudioWords`, then `AudioDone` "
            "or, when the speech breaks off, `ErrorEvent`."
        ),
        request=SpeechRequest,
        examples={
            "Whole": {
                **said,
                "input": "Hello, this is Kokoro.",
                "response_format": "wav",
                "stream": False,
            },
            "Streamed": {
                **said,
                "input": "This comes first. This comes second.",
                "response_format": "wav",
                "stream": True,
            },
            "As events, with the times of words": {
                **said,
                "input": "One word at a time.",
                "response_format": "pcm",
                "stream_format": "sse",
                "timestamps": True,
            },
        },
        reply_description="The speech.",
        content={
            **_audio(capabilities),
            MEDIA_TYPE: event_stream_schema(),
        },
        failures=_speaking_failures(capabilities),
    )


def _captions(capabilities: Capabilities) -> Operation:
    said = {"model": "tts-1", "voice": "af_heart", "input": "One word at a time."}
    return Operation(
        summary="Tell when each word of a text is said",
        description="SubRip and WebVTT hold the words of the speech that JSON has beside them.",
        request=CaptionsRequest,
        examples={
            "The speech and its words": said,
            "As WebVTT": {**said, "response_format": "vtt"},
        },
        reply_description="The words, and in JSON the speech.",
        content={
            **_json(replies.Captions),
            **{captions.media_type: _TEXT for captions in CAPTION_FORMATS.values()},
        },
        failures=_speaking_failures(capabilities),
    )


def _speaking_failures(capabilities: Capabilities) -> tuple[int, ...]:
    """Return the statuses; only OpenAI's way to refuse an unknown model is a 404."""
    return (*SPEAKING_FAILURES, 404) if capabilities.is_openai else SPEAKING_FAILURES


def _audio(capabilities: Capabilities) -> Content:
    return {audio_format.media_type: {} for audio_format in capabilities.formats.values()}


def _json(model: type[BaseModel]) -> Content:
    return {JSON: ref(model)}
