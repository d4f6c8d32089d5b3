"""JSON Schemas of requests and replies, from the models that validate them."""

from typing import Any, get_args

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, models_json_schema

from app.tts.audio.formats import AudioFormat
from app.tts.languages import LANGUAGES
from app.web import replies
from app.web.capabilities import Capabilities
from app.web.speech_requests import CaptionsRequest, SpeechRequest, SpokenText

REQUESTS: tuple[type[SpokenText], ...] = (SpeechRequest, CaptionsRequest)
REPLIES: tuple[type[BaseModel], ...] = (
    replies.ErrorReply,
    replies.ServerReply,
    replies.HealthReply,
    replies.ModelReply,
    replies.ModelList,
    replies.AudioModelList,
    replies.VoiceList,
    replies.Captions,
    *get_args(replies.SpeechEvent),
)

EXAMPLE_VOICES = ("af_heart", "alloy", "af_bella(2)+af_sky(1)")

NOT_BLANK = r"[^\s\x1c-\x1f\x85]"
"""A character that is no space to Python, which knows a few more than regular expressions do."""


def component_schemas(capabilities: Capabilities) -> dict[str, Any]:
    """Return the schemas by name; those of requests allow what `capabilities` has."""
    models: list[tuple[type[BaseModel], JsonSchemaMode]] = [
        *((request, "validation") for request in REQUESTS),
        *((reply, "serialization") for reply in REPLIES),
    ]
    _, definitions = models_json_schema(
        models, ref_template="#/components/schemas/{model}", schema_generator=_WithoutMemberTitles
    )
    schemas: dict[str, Any] = definitions["$defs"]
    for request in REQUESTS:
        members = schemas[request.__name__]["properties"]
        for name, known in _known_of(request, capabilities).items():
            members[name] |= known
    return schemas


def ref(model: type[BaseModel]) -> dict[str, str]:
    """Return what stands for the schema of `model` elsewhere in the document."""
    return {"$ref": f"#/components/schemas/{model.__name__}"}


def event_stream_schema() -> dict[str, Any]:
    """Return the schema of a stream of events: a text, and what is in the data of each event."""
    events = get_args(replies.SpeechEvent)
    *others, last = (f"`{event.__name__}`" for event in events)
    return {
        "type": "string",
        "description": (
            f"Lines `data:` of JSON, {', '.join(others)} or {last}, with an empty line after each."
        ),
        # OpenAPI 3.1 has no member for it.
        "x-event-data": {"oneOf": [ref(event) for event in events]},
    }


class _WithoutMemberTitles(GenerateJsonSchema):
    """Leaves out titles that repeat the names of members."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def _known_of(request: type[SpokenText], capabilities: Capabilities) -> dict[str, dict[str, Any]]:
    """Return what is known of the members of a request only when the server runs."""
    formats = {"enum": [*capabilities.formats, None], "default": capabilities.default_format}
    models = {"examples": list(capabilities.models), "pattern": NOT_BLANK}
    known: dict[str, dict[str, Any]] = {
        "model": models if capabilities.takes_any_model else {"enum": list(capabilities.models)},
        "input": {"minLength": 1, "maxLength": capabilities.max_input_chars, "pattern": NOT_BLANK},
        "voice": {"examples": list(EXAMPLE_VOICES)},
        "language": {"examples": [language.tag for language in LANGUAGES.values()]},
        **{
            name: formats
            for name, member in request.model_fields.items()
            if member.annotation is AudioFormat
        },
    }
    if capabilities.max_instructions_chars:
        known["instructions"] = {"maxLength": capabilities.max_instructions_chars}
    if "stream" in request.model_fields:
        known["stream"] = {"description": _about_streaming(capabilities)}
    return known


def _about_streaming(capabilities: Capabilities) -> str:
    unasked = ", ".join(f"`{name}`" for name in capabilities.streamed_formats)
    return f"Whether to send the speech as it is made, which {unasked} is unless this is false."
