"""API errors: exceptions that are OpenAI's error object, with an HTTP status and headers."""

from collections.abc import Mapping
from typing import Any

from flask import Response, jsonify

from app.web.replies import ErrorDetails, ErrorReply

MAX_MESSAGE_CHARS = 1000
"""Longest message; messages quote what clients sent, which may be of any length."""


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
    def body(self) -> dict[str, Any]:
        """OpenAI's error object as JSON types."""
        return self.reply.model_dump()

    @property
    def reply(self) -> ErrorReply:
        """OpenAI's error object."""
        return error_reply(self.message, self.type, self.param, self.code)

    def response(self) -> Response:
        """Return the HTTP response with status, headers and error object."""
        return error_response(self.status, self.reply, self.headers)


class InvalidRequest(ApiError):
    """400: the request cannot be fulfilled as it stands."""

    status = 400
    type = "invalid_request_error"


class InvalidApiKey(ApiError):
    """401: the key is missing or wrong."""

    status = 401
    type = "invalid_request_error"
    code = "invalid_api_key"
    headers: Mapping[str, str] = {"WWW-Authenticate": "Bearer"}

    def __init__(self) -> None:
        super().__init__("A valid key is needed: send the header 'Authorization: Bearer <key>'.")


class NotFound(ApiError):
    """404: there is no such thing here."""

    status = 404
    type = "invalid_request_error"


class TooManyRequests(ApiError):
    """429: the server is too busy, or the client has reached its limit."""

    status = 429
    type = "rate_limit_error"
    code = "rate_limit_exceeded"

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.headers = {"Retry-After": str(retry_after)}


class ServiceUnavailable(ApiError):
    """503: there is no engine to speak with."""

    status = 503
    code = "model_not_loaded"
    headers: Mapping[str, str] = {"Retry-After": "5"}


class TookTooLong(ApiError):
    """504: making the speech took longer than the settings allow."""

    status = 504
    code = "request_timeout"


def error_reply(
    message: str, kind: str, param: str | None = None, code: str | None = None
) -> ErrorReply:
    """Return OpenAI's error object, its message cut to `MAX_MESSAGE_CHARS`."""
    if len(message) > MAX_MESSAGE_CHARS:
        message = f"{message[: MAX_MESSAGE_CHARS - 1]}…"
    return ErrorReply(error=ErrorDetails(message=message, type=kind, param=param, code=code))


def error_response(status: int, reply: ErrorReply, headers: Mapping[str, str]) -> Response:
    """Return the HTTP response that carries an error object."""
    response = jsonify(reply)
    response.status_code = status
    response.headers.extend(headers)
    return response
