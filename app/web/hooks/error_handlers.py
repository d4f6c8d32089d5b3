"""Error handlers: every failure is answered with OpenAI's error object."""

from flask import Flask, Response, request
from werkzeug import exceptions
from werkzeug.exceptions import HTTPException

from app.scheduling.errors import ListenerGone
from app.web.error_table import FORESEEN, UNFORESEEN, as_api_error
from app.web.errors import error_reply, error_response
from app.web.json_body import MAX_BODY

CLIENT_CLOSED_REQUEST = 499
"""nginx's status for a client that left; nobody reads the reply."""


def init_app(app: Flask) -> None:
    """Answer every failure of `app` with an OpenAI error object."""
    for kind in FORESEEN:
        app.register_error_handler(kind, lambda error: as_api_error(error).response())
    app.register_error_handler(ListenerGone, lambda _: Response(status=CLIENT_CLOSED_REQUEST))
    app.register_error_handler(HTTPException, _http_error)


def _http_error(error: HTTPException) -> Response:
    """Answer Werkzeug's errors; an unforeseen exception arrives as one, already logged by Flask."""
    status = error.code or 500
    kind = "api_error" if status >= 500 else "invalid_request_error"
    headers = {name: value for name, value in error.get_headers() if name.lower() != "content-type"}
    return error_response(status, error_reply(_http_message(error), kind), headers)


def _http_message(error: HTTPException) -> str:
    """Return a message that says what to do; Werkzeug's are written for people with browsers."""
    if isinstance(error, exceptions.NotFound):
        return f"There is nothing at {request.path[:200]}: GET /v1 lists the endpoints."
    if isinstance(error, exceptions.MethodNotAllowed):
        methods = sorted(error.valid_methods or (), key=lambda name: (name == "OPTIONS", name))
        allowed = " or ".join(filter(None, (", ".join(methods[:-1]), *methods[-1:])))
        return f"{request.method[:20]} is not allowed at {request.path[:200]}: use {allowed}."
    if isinstance(error, exceptions.RequestEntityTooLarge):
        return f"The body is too large: at most {MAX_BODY} is read."
    if isinstance(error, exceptions.InternalServerError):
        return UNFORESEEN
    if error.description == exceptions.BadRequest.description:  # it does not say why
        return "The request cannot be understood: see its Host, Upgrade and other headers."
    return error.description or error.name
