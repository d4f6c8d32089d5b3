"""What can go wrong on the way from text to speech; callers map them to their own.

Each can be pickled: some are raised in a process that prepares a model, for the one that waits.
"""

from functools import partial
from typing import Any


class SpeechError(Exception):
    """Base of every error that `app.tts` raises on purpose; its message is fit for a user."""


class AssetError(SpeechError):
    """The model, the voices or what runs them is missing, damaged or not what it should be."""


class CannotPrepare(AssetError):
    """The model can be run as it is, but not prepared, or what is prepared cannot be kept."""


class InputError(SpeechError):
    """The caller asked for something that cannot be spoken; `field` names the culprit."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(type(self), field=self.field), self.args


class UnknownVoice(InputError):
    """There is no voice of that name; callers add where their users find all of them."""

    def __init__(self, message: str, *, field: str = "voice") -> None:
        super().__init__(message, field=field)


class Stopped(SpeechError):
    """The speech was stopped from outside before it was done."""

    def __init__(self, message: str = "The speech was stopped.") -> None:
        super().__init__(message)


class ReadingError(SpeechError):
    """A fault of ours kept a text from being read; its cause says where, and may quote the text."""

    def __init__(self, message: str = "The text could not be read.") -> None:
        super().__init__(message)


class InferenceError(SpeechError):
    """The model failed, or made something that is no audio."""
