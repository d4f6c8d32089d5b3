"""The bearer key: every endpoint asks for it, unless the operator made it public by name."""

import hmac

from flask import Flask, request

from app.errors import InvalidApiKey
from app.settings import Settings

PAGES = frozenset({"docs", "playground"})
"""Blueprints that a browser opens, which brings no key for a page; they hold nothing secret."""


def init_app(app: Flask, settings: Settings) -> None:
    """Ask for the key on every request, where the settings name one."""
    if settings.api_key is None:
        return
    key = settings.api_key.encode()
    public = PAGES.union(settings.public_endpoints)

    def require_key() -> None:
        if request.blueprint in public or _is_preflight():
            return
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        # WSGI hands headers over as Latin-1; as bytes, keys of any script compare alike.
        given = token.strip().encode("latin-1", "replace")
        if scheme.lower() != "bearer" or not hmac.compare_digest(given, key):
            raise InvalidApiKey

    app.before_request(require_key)


def _is_preflight() -> bool:
    """Whether a browser asks if it may send a request; it brings no key for that."""
    return request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
