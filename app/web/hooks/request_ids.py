"""Request ids and traces: in the log lines of each request, the id in its reply too."""

import re
import time
import uuid

from flask import Flask, Response, g, request
from structlog.contextvars import bind_contextvars, clear_contextvars

from app.web.hooks.trace_context import trace_of

HEADER = "X-Request-Id"
_VALID = re.compile(r"[A-Za-z0-9._-]{1,128}")


def init_app(app: Flask) -> None:
    """Set `flask.g.request_id` for each request: the client's id if it sent a valid one.

    Also sets `flask.g.arrived`, the time by `time.monotonic`, and gives log lines the trace of the
    header `traceparent`. Call it before other hooks, so that their log lines and refusals have the
    id too.
    """
    app.before_request(_begin)
    app.after_request(_add_header)


def begin(given: str = "") -> str:
    """Return the id of a new request, `given` if that is valid, and bind it to log lines.

    It stays bound until the next request on the same connection.
    """
    request_id = given if _VALID.fullmatch(given) else uuid.uuid4().hex
    # Not done at the end of the previous request on this connection: its body was still streamed.
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
