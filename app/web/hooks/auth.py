"""The bearer key: every endpoint asks for one, unless the operator made it public by name."""

import logging

from flask import Flask, g, request
from structlog.contextvars import bind_contextvars

from app.settings import Settings
from app.telemetry.metrics import Metrics
from app.web.errors import InvalidApiKey
from app.web.hooks.api_keys import Keys
from app.web.hooks.security_headers import asks_for_page

log = logging.getLogger(__name__)

PAGES = frozenset({"docs", "playground"})
"""Blueprints that a browser opens, which brings no key for a page; they hold nothing secret."""

ROOT = "root.show"
"""The endpoint that leads browsers to one of them."""


def init_app(app: Flask, settings: Settings, keys: Keys) -> None:
    """Ask for one of `keys` on every request, where the settings name any.

    `flask.g.key_name` and every line that is logged of a request name its key.
    """
    if not keys.is_needed:
        return
    for problem in keys.problems:
        log.error("%s", problem)
    for warning in keys.warnings:
        log.warning("%s", warning)
    public = PAGES.union(settings.public_endpoints)
    metrics: Metrics = app.extensions["metrics"]

    def require_key() -> None:
        if request.blueprint in public or _asks_for_options() or _leads_to_page():
            return
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        # WSGI hands headers over as Latin-1; as bytes, keys of any script compare alike, and none
        # ends in what Latin-1 takes for a space.
        name = keys.find(token.encode("latin-1", "replace").strip())
        if scheme.lower() != "bearer" or name is None:
            metrics.request_rejected("key")
            raise InvalidApiKey
        g.key_name = name
        bind_contextvars(key=name)

    app.before_request(require_key)


def _leads_to_page() -> bool:
    """Whether a browser asks for the root, from where it is led to a page."""
    return request.endpoint == ROOT and asks_for_page()


def _asks_for_options() -> bool:
    """Whether a browser asks if it may send a request, for which it brings no key, or somebody what
    the server as a whole can do, which is no secret.
    """
    if request.method != "OPTIONS":
        return False
    is_preflight = "Access-Control-Request-Method" in request.headers
    return is_preflight or request.environ["PATH_INFO"] == "*"
