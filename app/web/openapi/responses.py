"""OpenAPI's Response Objects, of an operation's replies and of failures."""

from collections.abc import Iterable
from typing import Any

from app.web.capabilities import Capabilities
from app.web.endpoints import ReplyDescription
from app.web.hooks import request_ids
from app.web.json_body import MAX_BODY
from app.web.openapi.contents import TEXT, json_content, media_types
from app.web.replies import ErrorReply

_SECONDS = {"type": "integer", "minimum": 1}

REQUEST_ID = {
    request_ids.HEADER: {
        "description": "Id of the request in the log; the client's own if it sent a valid one.",
        "schema": TEXT,
    }
}
"""Header of every reply."""

RETRY_AFTER = {"Retry-After": {"description": "Seconds to wait.", "schema": _SECONDS}}

FAILURES = {
    400: "The request is not valid; `param` names the member at fault.",
    401: "The key is missing or wrong.",
    404: "It does not exist.",
    408: "The body arrived too slowly.",
    413: f"The body is larger than {MAX_BODY}.",
    415: "The `Content-Type` is not `application/json`.",
    429: "Too many requests are waiting, or the client has reached its rate limit.",
    500: "The speech could not be made.",
    503: "The model is not loaded, or the server is stopping.",
    504: "Making the speech took longer than `KOKORO_REQUEST_TIMEOUT` allows.",
}

SPEAKING_FAILURES = (400, 408, 413, 415, 429, 500, 503, 504)

_FAILURE_HEADERS = {
    401: {"WWW-Authenticate": {"description": "`Bearer`.", "schema": TEXT}},
    429: RETRY_AFTER,
    503: RETRY_AFTER,
}


def response(reply: ReplyDescription) -> dict[str, Any]:
    """Return the Response Object of a reply."""
    headers = {**REQUEST_ID, **reply.headers}
    return {
        "description": reply.description,
        "headers": {name: {"required": True, **header} for name, header in headers.items()},
        "content": media_types(reply.content),
    }


def failures(statuses: Iterable[int]) -> dict[str, Any]:
    """Return the Response Objects of failures by status."""
    content = json_content(ErrorReply)
    return {
        str(status): response(
            ReplyDescription(FAILURES[status], content, _FAILURE_HEADERS.get(status, {}))
        )
        for status in sorted(statuses)
    }


def speaking_failures(capabilities: Capabilities) -> tuple[int, ...]:
    """Return the statuses of failures of the endpoints that speak a request's text.

    Only OpenAI's own way to refuse an unknown model is a 404.
    """
    return (*SPEAKING_FAILURES, 404) if capabilities.is_openai else SPEAKING_FAILURES
