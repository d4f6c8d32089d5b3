"""CORS: pages of other origins that may use this server from a browser."""

import re

from flask import Flask, Response
from flask_cors import CORS

from app.web.state import state_of

READABLE_HEADERS = ("Retry-After", "X-Request-Id")
"""Headers that such pages may read, in addition to those that every page may read."""

PREFLIGHT_SECONDS = 600


def init_app(app: Flask) -> None:
    """Let pages of the origins in the settings use `app`."""
    origins = state_of(app).settings.cors_origins
    if origins:
        app.after_request(_vary)
        CORS(
            app,
            # What such pages use: the API, its description, and whether it can speak. The other
            # probes are for machines, which ask regardless of origins; our pages have this origin.
            resources=[r"/v1.*", "/health", "/openapi.json"],
            origins=[_just(origin) for origin in origins],
            methods=["GET", "POST"],
            expose_headers=list(READABLE_HEADERS),
            max_age=PREFLIGHT_SECONDS,
        )


def _vary(response: Response) -> Response:
    """Keep caches from giving one origin's reply to another, even a refused one's."""
    response.vary.add("Origin")
    return response


def _just(origin: str) -> str | re.Pattern[str]:
    """Return a pattern of one origin; flask-cors would take an IPv6 address for a pattern."""
    return origin if origin == "*" else re.compile(re.escape(origin) + r"\Z")
