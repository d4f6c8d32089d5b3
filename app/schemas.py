"""The JSON of a speech request, validated into a frozen record."""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from app.errors import InvalidRequest
from app.tts.encode import FORMATS, AudioFormat
from app.tts.errors import InputError
from app.tts.languages import find_language
from app.tts.types import MAX_SPEED, MIN_SPEED
from app.tts.voices import find_voice

MODELS = ("tts-1", "kokoro")
MAX_BODY_BYTES = 1024 * 1024


def _known_model(model: str) -> str:
    if model not in MODELS:
        raise ValueError(f"the models are {' and '.join(MODELS)}.")
    return model


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("it is empty, so there is nothing to say.")
    return text


def _voice_name(voice: object) -> object:
    """Accept `{"id": name}`, as OpenAI's SDK sends for custom voices."""
    return voice["id"] if isinstance(voice, dict) and "id" in voice else voice


def _voice_id(name: str) -> str:
    try:
        return find_voice(name).id
    except InputError as error:
        raise ValueError(str(error)) from error


def _language_tag(name: str) -> str:
    try:
        return find_language(name).tag
    except InputError as error:
        raise ValueError(str(error)) from error


def _audio_format(name: object) -> AudioFormat:
    audio_format = FORMATS.get(name.lower()) if isinstance(name, str) else None
    if audio_format is None:
        raise ValueError(f"the formats are {' and '.join(FORMATS)}.")
    return audio_format


def _default_for_null(default: Any) -> BeforeValidator:
    """Take null for left out, as clients without optional values send it."""
    return BeforeValidator(lambda value: default if value is None else value)


class SpeechRequest(BaseModel):
    """The body of `POST /v1/audio/speech`; unknown members are ignored."""

    model_config = ConfigDict(frozen=True, strict=True, arbitrary_types_allowed=True)

    model: Annotated[str, AfterValidator(_known_model)]
    input: Annotated[str, AfterValidator(_not_blank)]
    voice: Annotated[str, BeforeValidator(_voice_name), AfterValidator(_voice_id)]
    response_format: Annotated[
        AudioFormat, BeforeValidator(_audio_format), _default_for_null("wav")
    ] = FORMATS["wav"]
    speed: Annotated[
        float,
        Field(ge=MIN_SPEED, le=MAX_SPEED, allow_inf_nan=False),
        _default_for_null(1.0),
    ] = 1.0
    language: Annotated[str, AfterValidator(_language_tag)] | None = None
    stream: Annotated[bool, _default_for_null(False)] = False

    @classmethod
    def parse(cls, body: object, *, max_input_chars: int) -> "SpeechRequest":
        """Validate a decoded JSON body; raises `InvalidRequest` that names the first bad field."""
        if not isinstance(body, dict):
            raise InvalidRequest("The body must be a JSON object.")
        try:
            speech = cls.model_validate(body)
        except ValidationError as error:
            raise _invalid(error) from error
        if len(speech.input) > max_input_chars:
            raise InvalidRequest(
                f"Invalid 'input': it has {len(speech.input)} characters and at most "
                f"{max_input_chars} are allowed.",
                param="input",
                code="string_above_max_length",
            )
        return speech


def _invalid(error: ValidationError) -> InvalidRequest:
    first = error.errors(include_url=False, include_input=False)[0]
    param = str(first["loc"][0])
    if first["type"] == "missing":
        return InvalidRequest(f"Missing required parameter: {param!r}.", param=param)
    reason = first["msg"].removeprefix("Value error, ")
    return InvalidRequest(f"Invalid {param!r}: {reason}", param=param)
