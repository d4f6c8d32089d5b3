"""What can go wrong on the way from text to speech; callers map them to their own."""


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


class UnknownVoice(InputError):
    """There is no voice of that name; callers add where their users find all of them."""

    def __init__(self, message: str) -> None:
        super().__init__(message, field="voice")


class Stopped(SpeechError):
    """The speech was stopped from outside before it was done."""

    def __init__(self) -> None:
        super().__init__("The speech was stopped.")


class ReadingError(SpeechError):
    """A fault of ours kept a text from being read; its cause says where, and may quote the text."""

    def __init__(self) -> None:
        super().__init__("The text could not be read.")


class InferenceError(SpeechError):
    """The model failed, or made something that is no audio."""
