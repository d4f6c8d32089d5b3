"""Bearer keys: every endpoint asks for one, unless it is a page or the settings make it public."""

import logging

from flask import Flask, g, request
from structlog.contextvars import bind_contextvars

from app.web.endpoints import Endpoint, current_endpoint
from app.web.errors import InvalidApiKey
from app.web.requests import asks_for_page
from app.web.state import State, current_state, state_of

log = logging.getLogger(__name__)

ROOT = "root.show"
"""The view that redirects browsers to a page. It is named here and not told by a record, because no
other view's need of a key depends on who asks."""


def init_app(app: Flask) -> None:
    """Ask for a key on every request to `app`, if the settings name any.

    `flask.g.key_name` and every log line of a request name its key.
    """
    keys = state_of(app).keys
    if not keys.is_needed:
        return
    for problem in keys.problems:
        log.error("%s", problem)
    for warning in keys.warnings:
        log.warning("%s", warning)
    app.before_request(_require_key)


def needs_key(endpoint: Endpoint | None, state: State) -> bool:
    """Return whether requests to an endpoint, or to a path without one, have to bring a key."""
    if endpoint is not None and (
        endpoint.is_page or endpoint.name in state.settings.public_endpoints
    ):
        return False
    return state.keys.is_needed


def _require_key() -> None:
    state = current_state()
    if not needs_key(current_endpoint(), state) or _asks_for_options() or _leads_to_page():
        return
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    # WSGI decodes headers as Latin-1. Compared as bytes, keys of any script work, and the end of a
    # key is never mistaken for one of Latin-1's spaces.
    name = state.keys.find(token.encode("latin-1", "replace").strip())
    if scheme.lower() != "bearer" or name is None:
        state.metrics.request_rejected("key")
        raise InvalidApiKey
    g.key_name = name
    bind_contextvars(key=name)


def _leads_to_page() -> bool:
    """Return whether a browser asks for the root, which redirects it to a page."""
    return request.endpoint == ROOT and asks_for_page()


def _asks_for_options() -> bool:
    """Return whether this is a preflight, which brings no key, or asks for the server's options.

    The latter, `OPTIONS *`, are no secret.
    """
    if request.method != "OPTIONS":
        return False
    is_preflight = "Access-Control-Request-Method" in request.headers
    return is_preflight or request.environ["PATH_INFO"] == "*"
