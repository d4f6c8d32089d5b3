"""Every failure as OpenAI's JSON: one tree of API errors, and handlers for all others."""

import logging
from collections.abc import Mapping

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import (
    HTTPException,
    InternalServerError,
    MethodNotAllowed,
    NotFound,
    RequestEntityTooLarge,
)

from app.stage import StageClosed, StageFull
from app.tts.errors import InferenceError, InputError
from app.turns import ListenerGone

log = logging.getLogger(__name__)


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

    def response(self) -> Response:
        """Return the reply that tells the client."""
        return _error_response(
            self.status, self.type, self.message, self.param, self.code, self.headers
        )


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


class TooManyRequests(ApiError):
    """So many requests wait that another would wait too long."""

    status = 429
    type = "rate_limit_error"
    code = "rate_limit_exceeded"

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.headers = {"Retry-After": str(retry_after)}


def init_app(app: Flask) -> None:
    """Make every failure of `app` an OpenAI error object."""

    @app.errorhandler(ApiError)
    def api_error(error: ApiError) -> Response:
        return error.response()

    @app.errorhandler(InputError)
    def input_error(error: InputError) -> Response:
        return InvalidRequest(str(error), param=error.field).response()

    @app.errorhandler(InferenceError)
    def inference_error(error: InferenceError) -> Response:
        log.error("Inference failed: %s", error, exc_info=error.__cause__)
        return ApiError("The speech could not be made: inference failed.").response()

    @app.errorhandler(StageClosed)
    def stage_closed(error: StageClosed) -> Response:
        return ServiceUnavailable(str(error)).response()

    @app.errorhandler(StageFull)
    def stage_full(error: StageFull) -> Response:
        return TooManyRequests(str(error), error.retry_after).response()

    @app.errorhandler(ListenerGone)
    def listener_gone(error: ListenerGone) -> Response:
        return Response(status=499)  # nginx's status for this; nobody is there to read it

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        # An unforeseen exception arrives here as InternalServerError, logged by Flask.
        status = error.code or 500
        kind = "api_error" if status >= 500 else "invalid_request_error"
        response = _error_response(status, kind, _http_message(error))
        if isinstance(error, MethodNotAllowed) and error.valid_methods:
            response.headers["Allow"] = ", ".join(error.valid_methods)
        return response


def _http_message(error: HTTPException) -> str:
    """Return a message that says what to do; Werkzeug's are written for people with browsers."""
    if isinstance(error, NotFound):
        return f"There is nothing at {request.path[:200]}: GET /v1 lists the endpoints."
    if isinstance(error, MethodNotAllowed):
        allowed = ", ".join(error.valid_methods or ())
        return f"{request.method} is not possible at {request.path[:200]}, but {allowed}."
    if isinstance(error, RequestEntityTooLarge):
        return "The body is too large: at most 1 MiB is read."
    if isinstance(error, InternalServerError):
        return "The server failed on this request; its log says why."
    return error.description or error.name


def _error_response(
    status: int,
    kind: str,
    message: str,
    param: str | None = None,
    code: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    body = {"error": {"message": message, "type": kind, "param": param, "code": code}}
    response = jsonify(body)
    response.status_code = status
    response.headers.extend(headers or {})
    return response
