"""`GET /v1/models`: the names that a request may give the one model."""

from flask import Blueprint

from app.schemas import MODELS

bp = Blueprint("models", __name__)

RELEASED = 1_737_936_000
"""Day of Kokoro v1.0's release, 27 January 2025, in seconds since 1970."""


@bp.get("/v1/models")
def index() -> dict[str, object]:
    """List the models in OpenAI's shape."""
    models = [
        {
            "id": model,
            "object": "model",
            "created": RELEASED,
            "owned_by": "kokoro-openai-server",
        }
        for model in MODELS
    ]
    return {"object": "list", "data": models}
