"""Which API error a client gets for each exception."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from app.scheduling.errors import (
    InferenceHung,
    QueueFull,
    ServerStopping,
    SpeechUnavailable,
    TimedOut,
)
from app.tts.errors import InferenceError, InputError, ReadingError
from app.web.errors import (
    ApiError,
    InvalidRequest,
    ServiceUnavailable,
    TookTooLong,
    TooManyRequests,
)
from app.web.refusals import input_message

log = logging.getLogger(__name__)

UNFORESEEN = "The server failed on this request; its log says why."
"""Message of every error that is a bug."""


def _inference_failed(error: InferenceError) -> ApiError:
    log.error("Inference failed: %s", error, exc_info=error.__cause__)
    return ApiError("The speech could not be made: inference failed.")


def _reading_failed(error: ReadingError) -> ApiError:
    log.error("Reading a text failed.", exc_info=error.__cause__)
    return ApiError("The speech could not be made: reading the text failed.")


_API_ERRORS: Mapping[type[Exception], Callable[[Any], ApiError]] = {
    ApiError: lambda error: error,
    InferenceError: _inference_failed,
    InferenceHung: lambda error: ApiError(error.message),
    InputError: lambda error: InvalidRequest(input_message(error), param=error.field),
    QueueFull: lambda error: TooManyRequests(str(error), error.retry_after),
    ReadingError: _reading_failed,
    ServerStopping: lambda error: ServiceUnavailable(error.message, code="server_stopping"),
    SpeechUnavailable: lambda error: ServiceUnavailable(str(error)),
    TimedOut: lambda error: TookTooLong(error.message),
}
"""The API error for each foreseen exception and its subclasses. The log gets what clients do not
need to know."""

FORESEEN = tuple(_API_ERRORS)
"""Exceptions that are part of normal operation; every other one is a bug."""


def as_api_error(error: Exception) -> ApiError:
    """Return the API error that a client gets for `error`; log what the client is not told."""
    for kind in type(error).__mro__:
        if kind in _API_ERRORS:
            return _API_ERRORS[kind](error)
    return ApiError(UNFORESEEN)
