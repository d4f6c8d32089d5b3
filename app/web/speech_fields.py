"""Types of the members of a speech request, which check them against the server's capabilities."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, ValidationInfo

from app.tts.audio.formats import AudioFormat
from app.tts.errors import InputError
from app.tts.languages import find_language
from app.tts.types import MAX_SPEED, MIN_SPEED
from app.web.capabilities import Capabilities
from app.web.refusals import input_message, unknown_model, why_no_format, why_no_model


class VoiceReference(BaseModel):
    """A voice as OpenAI's SDK names custom ones."""

    id: str


def _capabilities(info: ValidationInfo) -> Capabilities:
    """Return the capabilities, which validation gets as its context."""
    assert isinstance(info.context, Capabilities)
    return info.context


def _known_model(model: str, info: ValidationInfo) -> str:
    capabilities = _capabilities(info)
    if capabilities.has_model(model):
        return model
    if capabilities.is_openai and model:
        raise unknown_model(model, capabilities)
    raise ValueError(why_no_model(model, capabilities))


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("it is empty, so there is nothing to say.")
    return text


def _voice_name(voice: object) -> object:
    """Accept `{"id": name}`, as OpenAI's SDK sends for custom voices."""
    return voice["id"] if isinstance(voice, dict) and "id" in voice else voice


def _voice_id(name: str, info: ValidationInfo) -> str:
    try:
        return _capabilities(info).voices.find(name).id
    except InputError as error:
        raise ValueError(input_message(error)) from error


def _language_tag(name: str) -> str:
    try:
        return find_language(name).tag
    except InputError as error:
        raise ValueError(str(error)) from error


def _audio_format(name: object, info: ValidationInfo) -> AudioFormat:
    capabilities = _capabilities(info)
    wanted = capabilities.default_format if name is None else name
    audio_format = capabilities.formats.get(wanted.lower()) if isinstance(wanted, str) else None
    if audio_format is None:
        raise ValueError(why_no_format(wanted, capabilities))
    return audio_format


def _whether_to_stream(stream: bool | None, info: ValidationInfo) -> bool | None:
    """Return the default for a request that does not say."""
    audio_format = info.data.get("response_format")  # missing where it was refused
    if stream is None and audio_format is not None:
        return audio_format.name in _capabilities(info).streamed_formats
    return stream


def default_for_null(default: Any, kind: Any) -> BeforeValidator:
    """Return a validator that takes null for left out, as some clients send it."""
    return BeforeValidator(
        lambda value: default if value is None else value, json_schema_input_type=kind | None
    )


ModelName = Annotated[str, AfterValidator(_known_model)]

InputText = Annotated[str, AfterValidator(_not_blank)]

VoiceName = Annotated[
    str,
    BeforeValidator(_voice_name, json_schema_input_type=str | VoiceReference),
    AfterValidator(_voice_id),
]

LanguageTag = Annotated[str, AfterValidator(_language_tag)]

Speed = Annotated[float, Field(ge=MIN_SPEED, le=MAX_SPEED, allow_inf_nan=False)]

AudioFormatName = Annotated[
    AudioFormat,
    BeforeValidator(_audio_format, json_schema_input_type=str | None),
    Field(validate_default=True),
]
"""A format's name; null, or no such member, stands for the operator's default."""

Streamed = Annotated[bool | None, AfterValidator(_whether_to_stream), Field(validate_default=True)]

CaptionFormatName = Literal["json", "srt", "vtt"]
