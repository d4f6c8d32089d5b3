"""The JSON body of a request."""

import json

from flask import request
from werkzeug.exceptions import (
    ClientDisconnected,
    RequestEntityTooLarge,
    RequestTimeout,
    UnsupportedMediaType,
)

from app.scheduling.errors import ListenerGone
from app.scheduling.native_threads import time_limit
from app.web.errors import InvalidRequest

MAX_BODY_BYTES = 1024 * 1024

MAX_BODY = f"{MAX_BODY_BYTES / (1 << 20):g} MiB"
"""The same for people."""

MAX_BODY_SECONDS = 30
"""Seconds for a client to send its body."""


def json_body() -> object:
    """Return the decoded body of the request in progress.

    Raises `InvalidRequest` if it is not JSON, `ListenerGone` if it breaks off, and Werkzeug's
    exceptions if it is too large, comes too slowly or has no JSON media type.
    """
    if not request.is_json:
        raise UnsupportedMediaType("The body must be JSON: send Content-Type: application/json.")
    body = _read()
    if len(body) > MAX_BODY_BYTES:  # Werkzeug truncates a chunked body silently
        raise RequestEntityTooLarge
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        place = f" at character {error.pos + 1}" if isinstance(error, json.JSONDecodeError) else ""
        raise InvalidRequest(f"The body is not valid JSON{place}.") from error


def _read() -> bytes:
    try:
        with time_limit(MAX_BODY_SECONDS):
            body = request.get_data()
    except ClientDisconnected as error:
        # Werkzeug takes every error in reading for a client that has left.
        if isinstance(error.__context__, TimeoutError):
            raise RequestTimeout(f"The body did not come within {MAX_BODY_SECONDS} s.") from error
        raise ListenerGone from error
    if len(body) < (request.content_length or 0):  # gunicorn does not report it
        raise ListenerGone
    return body
