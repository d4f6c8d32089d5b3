"""Errors on the way from text to speech; callers map them to their own.

All can be pickled, because some are raised in the process that prepares a model and travel to the
one that waits for it.
"""

from functools import partial
from typing import Any


class SpeechError(Exception):
    """Base of every error that `app.tts` raises on purpose; users may read its message."""


class AssetError(SpeechError):
    """The model, the voices or a library for them is missing, damaged or of the wrong kind."""


class CannotPrepare(AssetError):
    """The model runs as it is, but cannot be prepared, or the result cannot be stored."""


class InputError(SpeechError):
    """The request cannot be spoken; `field` names the member at fault."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(type(self), field=self.field), self.args


class UnknownVoice(InputError):
    """There is no voice of that name; callers add where to find the names of all voices."""

    def __init__(self, message: str, *, field: str = "voice") -> None:
        super().__init__(message, field=field)


class Stopped(SpeechError):
    """The speech was stopped from outside before its end."""

    def __init__(self, message: str = "The speech was stopped.") -> None:
        super().__init__(message)


class ReadingError(SpeechError):
    """A fault of ours while reading a text; its cause says where, and may quote the text."""

    def __init__(self, message: str = "The text could not be read.") -> None:
        super().__init__(message)


class InferenceError(SpeechError):
    """The model failed, or its output is not audio."""
