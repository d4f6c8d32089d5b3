"""The JSON of replies and the events of streams, as the API's document describes them."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class Reply(BaseModel):
    """Has the members that are named, and no others."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class ErrorDetails(Reply):
    """What went wrong."""

    message: str
    """For people: what is the matter and what to do."""

    type: str
    """`invalid_request_error`, `rate_limit_error` or `api_error`."""

    param: str | None
    """The member of the request that is at fault."""

    code: str | None
    """For programs, where there is more to tell apart than statuses and types do."""


class ErrorReply(Reply):
    """Every failure, in OpenAI's shape."""

    error: ErrorDetails


class ServerReply(Reply):
    """What this server is."""

    name: str
    version: str
    description: str
    endpoints: list[str]
    """Method and path of each."""


class HealthReply(Reply):
    """Whether the model can speak."""

    status: str
    """`ok`, or what is the matter."""


class ModelReply(Reply):
    """A name of the model."""

    id: str
    object: Literal["model"]
    created: int
    """When the model was published, in seconds since 1970."""

    owned_by: str


class ModelList(Reply):
    """The names of the model."""

    object: Literal["list"]
    data: list[ModelReply]


class AudioModel(Reply):
    """A model that speaks."""

    id: str


class AudioModelList(Reply):
    """The models that speak, as Open WebUI looks for them."""

    models: list[AudioModel]


class VoiceReply(Reply):
    """A voice."""

    id: str
    name: str
    object: Literal["voice"]
    language: str
    """BCP 47 tag of the language that it speaks."""

    language_name: str
    gender: Literal["female", "male"] | None
    """Null where nobody said, or where a mix has both."""

    aliases: list[str]
    """Other names that requests may use."""

    preview_url: str
    """Where it can be heard."""


class VoiceList(Reply):
    """The voices; twice, since clients look for `data` or for `voices`."""

    object: Literal["list"]
    data: list[VoiceReply]
    voices: list[VoiceReply]


class Word(Reply):
    """When a word is said."""

    word: str
    """As it was written, with the marks that touch it."""

    start: float
    """Seconds from the beginning of the speech."""

    end: float
    """Seconds from the beginning of the speech."""


class Captions(Reply):
    """Speech and when its words are said."""

    audio: str
    """The bytes of the audio, in Base64."""

    audio_format: str
    duration: float
    """Seconds."""

    words: list[Word]


class AudioDelta(Reply):
    """The next stretch of the audio."""

    type: Literal["speech.audio.delta"]
    audio: str
    """Bytes of the response format, in Base64; all of them in a row are the whole audio."""


class AudioWords(Reply):
    """The words that end in the audio so far, where `timestamps` asked for them."""

    type: Literal["speech.audio.words"]
    words: list[Word]


class Usage(Reply):
    """What the speech took."""

    input_tokens: int
    """Characters of the text."""

    output_tokens: int
    """Frames of speech, 40 a second."""

    total_tokens: int


class AudioDone(Reply):
    """The speech is complete."""

    type: Literal["speech.audio.done"]
    usage: Usage


class ErrorEvent(Reply):
    """The speech breaks off here."""

    type: Literal["error"]
    error: ErrorDetails


SpeechEvent = AudioDelta | AudioWords | AudioDone | ErrorEvent
"""What the `data:` lines of a stream of events hold."""
