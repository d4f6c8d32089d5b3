"""`GET /` and `GET /v1`: what this server is and offers."""

from flask import Blueprint, current_app

import app
from app.openapi import methods, template

bp = Blueprint("root", __name__)


@bp.get("/")
@bp.get("/v1")
def show() -> dict[str, object]:
    """Return the name, the version and the endpoints."""
    endpoints = [
        f"{method} {template(rule)}"
        for rule in current_app.url_map.iter_rules()
        for method in methods(rule)
    ]
    return {
        "name": "kokoro-openai-server",
        "version": app.__version__,
        "description": app.__doc__,
        "endpoints": sorted(endpoints),
    }
