"""Cross-origin requests: which pages elsewhere may use this server from a browser."""

from flask import Flask
from flask_cors import CORS

from app.settings import Settings

READABLE_HEADERS = ("Retry-After", "X-Request-Id")
"""What pages may read of a reply beyond what every page may."""

PREFLIGHT_SECONDS = 600


def init_app(app: Flask, settings: Settings) -> None:
    """Let pages of the origins that the settings name use `app`."""
    if settings.cors_origins:
        CORS(
            app,
            origins=list(settings.cors_origins),
            expose_headers=list(READABLE_HEADERS),
            max_age=PREFLIGHT_SECONDS,
        )
