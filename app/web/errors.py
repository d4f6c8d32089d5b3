"""Every failure as OpenAI's JSON: one tree of API errors, and handlers for all others."""

import logging
from collections.abc import Mapping

from flask import Flask, Response, jsonify, request
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
from app.tts.errors import InferenceError, InputError, ReadingError, UnknownVoice

log = logging.getLogger(__name__)

_UNFORESEEN = "The server failed on this request; its log says why."

VOICES_LISTED = "GET /v1/audio/voices lists all voices; KOKORO_VOICES_DIR=FOLDER adds your own."

_MAX_MESSAGE_CHARS = 1000
"""Messages quote what clients sent, some of it as long as they like."""


class ApiError(Exception):
    """A failure with its HTTP status and the four members of OpenAI's error object."""

    status = 500
    type = "api_error"
    code: str | None = None
    headers: Mapping[str, str] = {}

    def __init__(self, message: str, *, param: str | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.param = param
        self.code = code or self.code

    @property
    def body(self) -> dict[str, dict[str, str | None]]:
        """OpenAI's error object."""
        return _error_body(self.message, self.type, self.param, self.code)

    def response(self) -> Response:
        """Return the reply that tells the client."""
        return _json_response(self.status, self.body, self.headers)


class InvalidRequest(ApiError):
    """The request cannot be fulfilled as it stands."""

    status = 400
    type = "invalid_request_error"


class InvalidApiKey(ApiError):
    """No key, or not the right one."""

    status = 401
    type = "invalid_request_error"
    code = "invalid_api_key"
    headers: Mapping[str, str] = {"WWW-Authenticate": "Bearer"}

    def __init__(self) -> None:
        super().__init__("A valid key is needed: send the header 'Authorization: Bearer <key>'.")


class ServiceUnavailable(ApiError):
    """There is no engine to speak with."""

    status = 503
    code = "model_not_loaded"
    headers: Mapping[str, str] = {"Retry-After": "5"}


class TookTooLong(ApiError):
    """Making the speech took longer than it may."""

    status = 504
    code = "request_timeout"


class TooManyRequests(ApiError):
    """More is asked for than can be done soon, or than one client may ask for."""

    status = 429
    type = "rate_limit_error"
    code = "rate_limit_exceeded"

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.headers = {"Retry-After": str(retry_after)}


class NotFound(ApiError):
    """There is no such thing here."""

    status = 404
    type = "invalid_request_error"


FORESEEN = (
    ApiError,
    InputError,
    InferenceError,
    InferenceHung,
    ReadingError,
    ServerStopping,
    SpeechUnavailable,
    QueueFull,
    TimedOut,
)
"""What `as_api_error` has an answer for."""


def as_api_error(error: Exception) -> ApiError:
    """Return what a client is told of `error`: the one place where foreign errors are mapped.

    What the client is not told is logged. What is not foreseen is a plain `ApiError`.
    """
    if isinstance(error, ApiError):
        return error
    if isinstance(error, InputError):
        return InvalidRequest(input_message(error), param=error.field)
    if isinstance(error, InferenceError):
        log.error("Inference failed: %s", error, exc_info=error.__cause__)
        return ApiError("The speech could not be made: inference failed.")
    if isinstance(error, ReadingError):
        log.error("Reading a text failed.", exc_info=error.__cause__)
        return ApiError("The speech could not be made: reading the text failed.")
    if isinstance(error, InferenceHung):
        return ApiError(error.message)
    if isinstance(error, TimedOut):
        return TookTooLong(error.message)
    if isinstance(error, ServerStopping):
        return ServiceUnavailable(error.message, code="server_stopping")
    if isinstance(error, SpeechUnavailable):
        return ServiceUnavailable(str(error))
    if isinstance(error, QueueFull):
        return TooManyRequests(str(error), error.retry_after)
    return ApiError(_UNFORESEEN)


def input_message(error: InputError) -> str:
    """Return what a client is told of `error`: of an unknown voice also where the others are."""
    return f"{error} {VOICES_LISTED}" if isinstance(error, UnknownVoice) else str(error)


def init_app(app: Flask) -> None:
    """Make every failure of `app` an OpenAI error object."""

    for foreseen in FORESEEN:
        app.register_error_handler(foreseen, lambda error: as_api_error(error).response())

    @app.errorhandler(ListenerGone)
    def listener_gone(error: ListenerGone) -> Response:
        return Response(status=499)  # nginx's status for this; nobody is there to read it

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        # An unforeseen exception arrives here as InternalServerError, logged by Flask.
        status = error.code or 500
        kind = "api_error" if status >= 500 else "invalid_request_error"
        headers = {
            name: value for name, value in error.get_headers() if name.lower() != "content-type"
        }
        return _json_response(status, _error_body(_http_message(error), kind), headers)


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


def _error_body(
    message: str, kind: str, param: str | None = None, code: str | None = None
) -> dict[str, dict[str, str | None]]:
    if len(message) > _MAX_MESSAGE_CHARS:
        message = f"{message[: _MAX_MESSAGE_CHARS - 1]}…"
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


def _json_response(status: int, body: object, headers: Mapping[str, str] | None = None) -> Response:
    response = jsonify(body)
    response.status_code = status
    response.headers.extend(headers or {})
    return response
