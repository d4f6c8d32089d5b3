"""The JSON of a speech request, validated into a frozen record."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from typing_extensions import Self

from app.tts.types import SynthesisOptions
from app.web.capabilities import Capabilities
from app.web.errors import InvalidRequest
from app.web.speech_fields import (
    AudioFormatName,
    CaptionFormatName,
    InputText,
    LanguageTag,
    ModelName,
    Speed,
    Streamed,
    VoiceName,
    default_for_null,
)


class SpeechInput(BaseModel):
    """Members that all speech requests share; unknown ones are ignored."""

    model_config = ConfigDict(
        frozen=True, strict=True, arbitrary_types_allowed=True, use_attribute_docstrings=True
    )

    model: ModelName
    """A name of the model; all names mean the same model."""

    input: InputText
    """The text to speak: plain, or Markdown."""

    voice: VoiceName
    """Id or alias of a voice, as listed by `GET /v1/audio/voices`, or a mix of voices."""

    speed: Annotated[Speed, default_for_null(1.0, Speed)] = 1.0
    """Rate of speech: 2 is twice as fast."""

    language: LanguageTag | None = None
    """Language of the text: a BCP 47 tag, or the first letter of a voice's id; else the voice's."""

    instructions: str | None = None
    """Accepted because OpenAI's newer models take it, and ignored: Kokoro does not."""

    @property
    def options(self) -> SynthesisOptions:
        """Options for the engine."""
        return SynthesisOptions(self.voice, self.speed, self.language, self.wants_words)

    @property
    def wants_words(self) -> bool:
        """Whether the request asks for the times of words."""
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


class SpeechRequest(SpeechInput):
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
    """Container or codec of the audio, in upper or lower case."""

    stream: Streamed = None
    """Whether to send the audio while it is made."""

    stream_format: Literal["audio", "sse"] | None = None
    """Form of the stream: bytes of audio, or server-sent events that carry them."""

    timestamps: Annotated[bool, default_for_null(False, bool)] = False
    """With `stream_format` `sse`: whether to send the times of words, too."""

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
        """Whether the request asks for the times of words."""
        return self.timestamps

    @property
    def wants_events(self) -> bool:
        """Whether the reply is a stream of server-sent events."""
        return self.stream_format == "sse"

    @property
    def is_streamed(self) -> bool:
        """Whether the reply begins before all of the speech is made."""
        return self.stream_format is not None or self.stream is True


class CaptionsRequest(SpeechInput):
    """The body of `POST /v1/audio/speech/captions`."""

    response_format: Annotated[CaptionFormatName, default_for_null("json", CaptionFormatName)] = (
        "json"
    )
    """JSON with the audio and its words, or only the words as SubRip or WebVTT."""

    audio_format: AudioFormatName = None  # type: ignore[assignment]
    """Container or codec of the audio in the JSON, in upper or lower case."""

    @property
    def wants_words(self) -> bool:
        """Whether the request asks for the times of words."""
        return True


def _require_length(member: str, text: str, most: int) -> None:
    """Raise `InvalidRequest` for a text of more than `most` characters."""
    if len(text) > most:
        raise InvalidRequest(
            f"Invalid {member!r}: it has {len(text)} characters and at most {most} are allowed.",
            param=member,
            code="string_above_max_length",
        )


def _invalid(error: ValidationError) -> InvalidRequest:
    first = error.errors(include_url=False, include_input=False)[0]
    # Only the rule on timestamps is about two members at once, and so has no place.
    param = str(first["loc"][0]) if first["loc"] else "timestamps"
    if first["type"] == "missing":
        return InvalidRequest(f"Missing required parameter: {param!r}.", param=param)
    reason = first["msg"].removeprefix("Value error, ")
    return InvalidRequest(f"Invalid {param!r}: {reason}", param=param)
