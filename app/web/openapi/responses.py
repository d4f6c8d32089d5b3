"""What replies have in common: the JSON of every failure, and headers."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.web.hooks import request_ids
from app.web.openapi.schemas import ref
from app.web.replies import ErrorReply

Content = Mapping[str, Mapping[str, Any]]
"""Schemas by media type; an empty one where the bytes are audio."""

JSON = "application/json"

_TEXT = {"type": "string"}
_SECONDS = {"type": "integer", "minimum": 1}

REQUEST_ID = {
    request_ids.HEADER: {
        "description": "Names the request in the log; the client's own if it sent a sane one.",
        "schema": _TEXT,
    }
}
"""What every reply has."""

RETRY_AFTER = {"Retry-After": {"description": "Seconds to wait.", "schema": _SECONDS}}

FAILURES = {
    400: "The request cannot be fulfilled as it stands; `param` names the member at fault.",
    401: "The key is missing or wrong.",
    404: "There is no such thing.",
    408: "The body came too slowly.",
    413: "The body is larger than 1 MiB.",
    415: "The body does not say that it is JSON.",
    429: "So many requests wait that this one would wait too long, or the rate limit is reached.",
    500: "The speech could not be made.",
    503: "There is no model to speak with, or the server is stopping.",
    504: "Making the speech took longer than `KOKORO_REQUEST_TIMEOUT` allows.",
}

_FAILURE_HEADERS = {
    401: {"WWW-Authenticate": {"description": "`Bearer`.", "schema": _TEXT}},
    429: RETRY_AFTER,
    503: RETRY_AFTER,
}


def reply(
    description: str, content: Content, headers: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return an entry of an operation's `responses`."""
    every_header = {**REQUEST_ID, **(headers or {})}
    return {
        "description": description,
        "headers": {name: {"required": True, **header} for name, header in every_header.items()},
        "content": {
            media_type: {"schema": schema} if schema else {}
            for media_type, schema in content.items()
        },
    }


def responses(statuses: Iterable[int]) -> dict[str, Any]:
    """Return the entries of failures."""
    content = {JSON: ref(ErrorReply)}
    return {
        str(status): reply(FAILURES[status], content, _FAILURE_HEADERS.get(status))
        for status in sorted(statuses)
    }
