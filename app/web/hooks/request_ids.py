"""The id of each request, which its log lines and its reply carry, and the trace it belongs to."""

import re
import time
import uuid

from flask import Flask, Response, g, request
from structlog.contextvars import bind_contextvars, clear_contextvars

from app.web.hooks.trace_context import trace_of

HEADER = "X-Request-Id"
_SANE = re.compile(r"[A-Za-z0-9._-]{1,128}")


def init_app(app: Flask) -> None:
    """Keep an id in `flask.g.request_id` while a request lasts: the client's if it sent a sane one.

    Log lines also have the trace that a header `traceparent` names.
    Beside it, `flask.g.arrived` is when the request came, by `time.monotonic`.
    To be called before others, so that their log lines and refusals carry it too.
    """
    app.before_request(_begin)
    app.after_request(_add_header)


def begin(given: str = "") -> str:
    """Return the id of the request that begins, `given` if that is sane, and let log lines have it.

    Those until the next request on the same connection, that is.
    """
    request_id = given if _SANE.fullmatch(given) else uuid.uuid4().hex
    # Not when the request before on this connection ended: its body was still to be made then.
    clear_contextvars()
    bind_contextvars(request_id=request_id)
    return request_id


def _begin() -> None:
    g.arrived = time.monotonic()
    g.request_id = begin(request.headers.get(HEADER, ""))
    bind_contextvars(**trace_of(request.headers.get("traceparent", "")))


def _add_header(response: Response) -> Response:
    response.headers[HEADER] = g.request_id
    return response
