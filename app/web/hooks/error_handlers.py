"""Error handlers: every failure is answered with OpenAI's error object."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask, Response, request
from werkzeug import exceptions
from werkzeug.exceptions import HTTPException

from app.scheduling.errors import (
    InferenceHung,
    ListenerGone,
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
    error_reply,
    error_response,
)
from app.web.refusals import input_message

log = logging.getLogger(__name__)

_UNFORESEEN = "The server failed on this request; its log says why."

CLIENT_CLOSED_REQUEST = 499
"""nginx's status for a client that left; nobody reads the reply."""


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
    return ApiError(_UNFORESEEN)


def init_app(app: Flask) -> None:
    """Answer every failure of `app` with an OpenAI error object."""
    for kind in FORESEEN:
        app.register_error_handler(kind, lambda error: as_api_error(error).response())
    app.register_error_handler(ListenerGone, lambda _: Response(status=CLIENT_CLOSED_REQUEST))
    app.register_error_handler(HTTPException, _http_error)


def _http_error(error: HTTPException) -> Response:
    """Answer Werkzeug's errors; an unforeseen exception arrives as one, already logged by Flask."""
    status = error.code or 500
    kind = "api_error" if status >= 500 else "invalid_request_error"
    headers = {name: value for name, value in error.get_headers() if name.lower() != "content-type"}
    return error_response(status, error_reply(_http_message(error), kind), headers)


def _http_message(error: HTTPException) -> str:
    """Return a message that says what to do; Werkzeug's are written for people with browsers."""
    if isinstance(error, exceptions.NotFound):
        return f"There is nothing at {request.path[:200]}: GET /v1 lists the endpoints."
    if isinstance(error, exceptions.MethodNotAllowed):
        methods = sorted(error.valid_methods or (), key=lambda name: (name == "OPTIONS", name))
        allowed = " or ".join(filter(None, (", ".join(methods[:-1]), *methods[-1:])))
        return f"{request.method[:20]} is not allowed at {request.path[:200]}: use {allowed}."
    if isinstance(error, exceptions.RequestEntityTooLarge):
        return "The body is too large: at most 1 MiB is read."
    if isinstance(error, exceptions.InternalServerError):
        return _UNFORESEEN
    if error.description == exceptions.BadRequest.description:  # it does not say why
        return "The request cannot be understood: see its Host, Upgrade and other headers."
    return error.description or error.name
