"""Every exception has its API error, and bugs are not told to clients."""

import pytest

from app.scheduling.errors import (
    InferenceHung,
    QueueFull,
    ServerStopping,
    SpeechUnavailable,
    TimedOut,
)
from app.tts.errors import InferenceError, InputError, ReadingError, UnknownVoice
from app.web.error_table import FORESEEN, as_api_error
from app.web.errors import InvalidApiKey

FORESEEN_ERRORS = [
    (InvalidApiKey(), 401, "invalid_api_key"),
    (InferenceError("It fell apart."), 500, None),
    (InferenceHung(), 500, None),
    (InputError("It cannot be spoken.", field="input"), 400, None),
    (UnknownVoice("Nobody is called so.", field="voice"), 400, None),
    (ReadingError(), 500, None),
    (ServerStopping(), 503, "server_stopping"),
    (SpeechUnavailable("It is loading."), 503, "model_not_loaded"),
    (TimedOut(600), 504, "request_timeout"),
    (QueueFull(7), 429, "rate_limit_exceeded"),
]


@pytest.mark.parametrize(
    ("error", "status", "code"), FORESEEN_ERRORS, ids=lambda value: type(value).__name__
)
def test_a_foreseen_exception_has_its_status_and_code(
    error: Exception, status: int, code: str | None
) -> None:
    api_error = as_api_error(error)
    assert (api_error.status, api_error.code) == (status, code)


def test_every_foreseen_exception_is_tried() -> None:
    assert all(any(isinstance(error, kind) for error, _, _ in FORESEEN_ERRORS) for kind in FORESEEN)


def test_any_other_exception_is_500_without_its_message() -> None:
    api_error = as_api_error(ZeroDivisionError("a secret"))
    assert api_error.status == 500
    assert "secret" not in api_error.message


def test_an_unknown_voice_is_told_where_the_voices_are_listed() -> None:
    error = as_api_error(UnknownVoice("Nobody is called so.", field="voice"))
    assert error.message.startswith("Nobody is called so. GET /v1/audio/voices lists")
    assert error.param == "voice"
