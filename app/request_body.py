"""The JSON that a request brings."""

import json

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from app.errors import InvalidRequest

MAX_BODY_BYTES = 1024 * 1024


def json_body() -> object:
    """Return the decoded body of the request in progress.

    Raises `InvalidRequest` when it is not JSON, and Werkzeug's exceptions when it is too large or
    does not say that it is JSON.
    """
    if not request.is_json:
        raise UnsupportedMediaType("The body must be JSON: send Content-Type: application/json.")
    body = request.get_data()
    if len(body) > MAX_BODY_BYTES:  # Werkzeug cuts a chunked body off and says nothing
        raise RequestEntityTooLarge
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        place = f" at character {error.pos + 1}" if isinstance(error, json.JSONDecodeError) else ""
        raise InvalidRequest(f"The body is not valid JSON{place}.") from error
