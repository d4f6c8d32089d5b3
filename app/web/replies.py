"""Models of JSON replies and of events, which also describe them in the API's document."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class Reply(BaseModel):
    """Base of replies: no members but those of the class."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class ErrorDetails(Reply):
    """A failure."""

    message: str
    """For people: the problem, and what to do about it."""

    type: str
    """`invalid_request_error`, `rate_limit_error` or `api_error`."""

    param: str | None
    """The member of the request that caused the failure."""

    code: str | None
    """For programs, where the status and the type do not say enough."""


class ErrorReply(Reply):
    """The reply of every failure, in OpenAI's shape."""

    error: ErrorDetails


class ServerReply(Reply):
    """The server, its version and its endpoints."""

    name: str
    version: str
    description: str
    endpoints: list[str]
    """Method and path of each."""


class HealthReply(Reply):
    """The health of the server."""

    status: str
    """`ok`, or the reason why it cannot speak; `alive` from `/health/live`."""


class ModelReply(Reply):
    """A name of the model."""

    id: str
    object: Literal["model"]
    created: int
    """Publication of the model, in seconds since 1970."""

    owned_by: str


class ModelList(Reply):
    """The names of the model."""

    object: Literal["list"]
    data: list[ModelReply]


class AudioModel(Reply):
    """A speech model."""

    id: str


class AudioModelList(Reply):
    """The speech models, in the shape that Open WebUI reads."""

    models: list[AudioModel]


class VoiceReply(Reply):
    """A voice."""

    id: str
    name: str
    object: Literal["voice"]
    language: str
    """BCP 47 tag of its language."""

    language_name: str
    gender: Literal["female", "male"] | None
    """Null if it is not known, or if a mix has both."""

    aliases: list[str]
    """Other names that requests may use."""

    preview_url: str
    """Path of a sample of the voice."""


class VoiceList(Reply):
    """The voices; twice, since clients look for `data` or for `voices`."""

    object: Literal["list"]
    data: list[VoiceReply]
    voices: list[VoiceReply]


class Word(Reply):
    """A word and its times."""

    word: str
    """The word as written, with adjacent punctuation."""

    start: float
    """Beginning of the word, in seconds from the beginning of the speech."""

    end: float
    """End of the word, in seconds from the beginning of the speech."""


class Captions(Reply):
    """Speech and the times of its words."""

    audio: str
    """The bytes of the audio, in Base64."""

    audio_format: str
    duration: float
    """Length of the audio in seconds."""

    words: list[Word]


class AudioDelta(Reply):
    """The next part of the audio."""

    type: Literal["speech.audio.delta"]
    audio: str
    """Bytes in the response format, in Base64; joined in order, they are the whole audio."""


class AudioWords(Reply):
    """The words that have ended in the audio so far, if the request set `timestamps`."""

    type: Literal["speech.audio.words"]
    words: list[Word]


class Usage(Reply):
    """Amounts of text and speech."""

    input_tokens: int
    """Number of characters of the text."""

    output_tokens: int
    """Number of frames of speech, 40 a second."""

    total_tokens: int


class AudioDone(Reply):
    """The speech is complete."""

    type: Literal["speech.audio.done"]
    usage: Usage


class ErrorEvent(Reply):
    """A failure that ends the speech here."""

    type: Literal["error"]
    error: ErrorDetails


SpeechEvent = AudioDelta | AudioWords | AudioDone | ErrorEvent
"""JSON in a `data:` line of a stream of events."""
