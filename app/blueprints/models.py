"""`GET /v1/models` and `GET /v1/audio/models`: the names that a request may give the one model."""

from flask import Blueprint, current_app

from app.version import NAME
from app.web.capabilities import Capabilities
from app.web.refusals import unknown_model

bp = Blueprint("models", __name__)

RELEASED = 1_737_936_000
"""Day of Kokoro v1.0's release, 27 January 2025, in seconds since 1970."""


@bp.get("/v1/models")
def index() -> dict[str, object]:
    """List the models in OpenAI's shape."""
    return {"object": "list", "data": [_model(name) for name in _names()]}


@bp.get("/v1/models/<path:name>")
def show(name: str) -> dict[str, object]:
    """Describe one model."""
    capabilities: Capabilities = current_app.extensions["capabilities"]
    if not capabilities.has_model(name):
        raise unknown_model(name, capabilities)
    return _model(name)


@bp.get("/v1/audio/models")
def audio_index() -> dict[str, object]:
    """List the models as Open WebUI looks for those that speak."""
    return {"models": [{"id": name} for name in _names()]}


def _names() -> tuple[str, ...]:
    capabilities: Capabilities = current_app.extensions["capabilities"]
    return capabilities.models


def _model(name: str) -> dict[str, object]:
    return {
        "id": name,
        "object": "model",
        "created": RELEASED,
        "owned_by": NAME,
    }
