"""The JSON that a request brings."""

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

MAX_BODY_SECONDS = 30
"""How long a client may take to send its body."""


def json_body() -> object:
    """Return the decoded body of the request in progress.

    Raises `InvalidRequest` when it is not JSON, `ListenerGone` when it breaks off, and Werkzeug's
    exceptions when it is too large, comes too slowly or does not say that it is JSON.
    """
    if not request.is_json:
        raise UnsupportedMediaType("The body must be JSON: send Content-Type: application/json.")
    body = _read()
    if len(body) > MAX_BODY_BYTES:  # Werkzeug cuts a chunked body off and says nothing
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
        # To Werkzeug, whatever goes wrong in reading is a client that is gone.
        if isinstance(error.__context__, TimeoutError):
            raise RequestTimeout(f"The body did not come within {MAX_BODY_SECONDS} s.") from error
        raise ListenerGone from error
    if len(body) < (request.content_length or 0):  # gunicorn says nothing of it
        raise ListenerGone
    return body
