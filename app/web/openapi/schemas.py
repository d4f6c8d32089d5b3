"""JSON Schemas of requests and replies, from the models that validate them."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, models_json_schema

from app.tts.audio.formats import AudioFormat
from app.tts.languages import LANGUAGES
from app.web.capabilities import Capabilities
from app.web.speech_requests import SpeechInput

EXAMPLE_VOICES = ("af_heart", "alloy", "af_bella(2)+af_sky(1)")

NOT_BLANK = r"[^\s\x1c-\x1f\x85]"
"""Pattern of a character that Python does not count as a space; it counts more than regexes do."""


def component_schemas(
    requests: Sequence[type[BaseModel]],
    replies: Sequence[type[BaseModel]],
    capabilities: Capabilities,
) -> dict[str, Any]:
    """Return the schemas of models by name; those of speech requests allow what is on offer."""
    modes: list[tuple[Sequence[type[BaseModel]], JsonSchemaMode]] = [
        (requests, "validation"),
        (replies, "serialization"),
    ]
    models = [(model, mode) for group, mode in modes for model in dict.fromkeys(group)]
    _, definitions = models_json_schema(
        models, ref_template="#/components/schemas/{model}", schema_generator=_WithoutMemberTitles
    )
    schemas: dict[str, Any] = definitions["$defs"]
    for request in requests:
        if issubclass(request, SpeechInput):
            members = schemas[request.__name__]["properties"]
            for name, known in _known_of(request, capabilities).items():
                members[name] |= known
    return schemas


def ref(model: type[BaseModel]) -> dict[str, str]:
    """Return a reference to the schema of `model`."""
    return {"$ref": f"#/components/schemas/{model.__name__}"}


class _WithoutMemberTitles(GenerateJsonSchema):
    """Leaves out titles, which would repeat the names of members."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def _known_of(request: type[SpeechInput], capabilities: Capabilities) -> dict[str, dict[str, Any]]:
    """Return the parts of members' schemas that depend on what this server offers."""
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
    return f"Whether to send the audio while it is made. The default is true for {unasked} only."
