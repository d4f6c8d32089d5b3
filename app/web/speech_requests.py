"""The JSON of a speech request, validated into a frozen record."""

from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from typing_extensions import Self

from app.tts.audio.formats import AudioFormat
from app.tts.errors import InputError
from app.tts.languages import find_language
from app.tts.types import MAX_SPEED, MIN_SPEED, SynthesisOptions
from app.web.capabilities import Capabilities
from app.web.errors import InvalidRequest, input_message
from app.web.refusals import unknown_model, why_no_format, why_no_model


def _capabilities(info: ValidationInfo) -> Capabilities:
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
    """Decide it for a request that says nothing."""
    audio_format = info.data.get("response_format")  # missing where it was refused
    if stream is None and audio_format is not None:
        return audio_format.name in _capabilities(info).streamed_formats
    return stream


def _default_for_null(default: Any, kind: Any) -> BeforeValidator:
    """Take null for left out, as clients without optional values send it."""
    return BeforeValidator(
        lambda value: default if value is None else value, json_schema_input_type=kind | None
    )


AudioFormatName = Annotated[
    AudioFormat,
    BeforeValidator(_audio_format, json_schema_input_type=str | None),
    Field(validate_default=True),
]
"""Null and nothing stand for the operator's default."""

Speed = Annotated[float, Field(ge=MIN_SPEED, le=MAX_SPEED, allow_inf_nan=False)]
CaptionFormatName = Literal["json", "srt", "vtt"]


class VoiceReference(BaseModel):
    """A voice as OpenAI's SDK names custom ones."""

    id: str


class SpokenText(BaseModel):
    """What to say and how: the members that all speech requests share; others are ignored."""

    model_config = ConfigDict(
        frozen=True, strict=True, arbitrary_types_allowed=True, use_attribute_docstrings=True
    )

    model: Annotated[str, AfterValidator(_known_model)]
    """A name of the model; all of them mean the same one."""

    input: Annotated[str, AfterValidator(_not_blank)]
    """The text to say: plain, or Markdown."""

    voice: Annotated[
        str,
        BeforeValidator(_voice_name, json_schema_input_type=str | VoiceReference),
        AfterValidator(_voice_id),
    ]
    """A voice's id or another of its names, as `GET /v1/audio/voices` lists them, or a mix."""

    speed: Annotated[Speed, _default_for_null(1.0, Speed)] = 1.0
    """Rate of speech: 2 speaks twice as fast."""

    language: Annotated[str, AfterValidator(_language_tag)] | None = None
    """The language to read the text as, a BCP 47 tag or a voice's letter; else the voice's own."""

    instructions: str | None = None
    """Accepted, since OpenAI's newer models take it, and ignored: Kokoro's do not."""

    @property
    def options(self) -> SynthesisOptions:
        """What the engine has to know."""
        return SynthesisOptions(self.voice, self.speed, self.language, self.wants_words)

    @property
    def wants_words(self) -> bool:
        """Whether the times of words are asked for."""
        return False

    @classmethod
    def parse(cls, body: object, capabilities: Capabilities) -> Self:
        """Validate a decoded JSON body; raises `InvalidRequest` that names the first bad field."""
        if not isinstance(body, dict):
            raise InvalidRequest("The body must be a JSON object.")
        try:
            speech = cls.model_validate(body, context=capabilities)
        except ValidationError as error:
            raise _invalid(error) from error
        _require_length("input", speech.input, capabilities.max_input_chars)
        if speech.instructions and capabilities.max_instructions_chars:
            _require_length(
                "instructions", speech.instructions, capabilities.max_instructions_chars
            )
        return speech


class SpeechRequest(SpokenText):
    """The body of `POST /v1/audio/speech`."""

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"properties": {"timestamps": {"const": True}}, "required": ["timestamps"]},
            "then": {
                "properties": {"stream_format": {"const": "sse"}},
                "required": ["stream_format"],
            },
        }
    )

    response_format: AudioFormatName = None  # type: ignore[assignment]
    """The container or codec of the audio, in upper or lower case."""

    stream: Annotated[
        bool | None, AfterValidator(_whether_to_stream), Field(validate_default=True)
    ] = None
    """Whether to send the speech as it is made."""

    stream_format: Literal["audio", "sse"] | None = None
    """How to stream: the bytes of the audio, or server-sent events that carry them."""

    timestamps: Annotated[bool, _default_for_null(False, bool)] = False
    """With `stream_format` `sse`: whether events tell when each word is said."""

    @model_validator(mode="after")
    def _has_events_for_timestamps(self) -> Self:
        if self.timestamps and not self.wants_events:
            raise ValueError(
                "times of words come with stream_format 'sse', or from "
                "POST /v1/audio/speech/captions."
            )
        return self

    @property
    def wants_words(self) -> bool:
        """Whether the times of words are asked for."""
        return self.timestamps

    @property
    def wants_events(self) -> bool:
        """Whether the reply is a stream of server-sent events."""
        return self.stream_format == "sse"

    @property
    def is_streamed(self) -> bool:
        """Whether the reply begins before all of it is made."""
        return self.stream_format is not None or self.stream is True


class CaptionsRequest(SpokenText):
    """The body of `POST /v1/audio/speech/captions`."""

    response_format: Annotated[CaptionFormatName, _default_for_null("json", CaptionFormatName)] = (
        "json"
    )
    """JSON with the audio and its words, or the words alone as SubRip or WebVTT."""

    audio_format: AudioFormatName = None  # type: ignore[assignment]
    """The container or codec of the audio within the JSON, in upper or lower case."""

    @property
    def wants_words(self) -> bool:
        """Whether the times of words are asked for."""
        return True


def _require_length(member: str, text: str, most: int) -> None:
    """Raise `InvalidRequest` for a text of more characters than are allowed."""
    if len(text) > most:
        raise InvalidRequest(
            f"Invalid {member!r}: it has {len(text)} characters and at most {most} are allowed.",
            param=member,
            code="string_above_max_length",
        )


def _invalid(error: ValidationError) -> InvalidRequest:
    first = error.errors(include_url=False, include_input=False)[0]
    # Only one rule is about two members at once.
    param = str(first["loc"][0]) if first["loc"] else "timestamps"
    if first["type"] == "missing":
        return InvalidRequest(f"Missing required parameter: {param!r}.", param=param)
    reason = first["msg"].removeprefix("Value error, ")
    return InvalidRequest(f"Invalid {param!r}: {reason}", param=param)
