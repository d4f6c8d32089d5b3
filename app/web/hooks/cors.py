"""Cross-origin requests: which pages elsewhere may use this server from a browser."""

import re

from flask import Flask, Response
from flask_cors import CORS

from app.settings import Settings

READABLE_HEADERS = ("Retry-After", "X-Request-Id")
"""What pages may read of a reply beyond what every page may."""

PREFLIGHT_SECONDS = 600


def init_app(app: Flask, settings: Settings) -> None:
    """Let pages of the origins that the settings name use `app`."""
    if settings.cors_origins:
        app.after_request(_vary)
        CORS(
            app,
            resources=[r"/v1.*", "/health", "/openapi.json"],
            origins=[_just(origin) for origin in settings.cors_origins],
            methods=["GET", "POST"],
            expose_headers=list(READABLE_HEADERS),
            max_age=PREFLIGHT_SECONDS,
        )


def _vary(response: Response) -> Response:
    """Keep caches from giving one origin's reply to another, also where it was refused."""
    response.vary.add("Origin")
    return response


def _just(origin: str) -> str | re.Pattern[str]:
    """Return what stands for one origin: flask-cors takes text with brackets for a pattern."""
    return origin if origin == "*" else re.compile(re.escape(origin) + r"\Z")
