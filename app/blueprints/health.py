"""`GET /health`, `/health/ready` and `/health/live`: for people, balancers and supervisors."""

from flask import Blueprint, current_app

from app.scheduling.service import SpeechService

bp = Blueprint("health", __name__)


@bp.get("/health")
@bp.get("/health/ready")
def show() -> tuple[dict[str, str], int]:
    """Answer 200 while speech can be made; 503 while loading, draining, broken or hung."""
    service: SpeechService = current_app.extensions["service"]
    health = service.check()
    return {"status": str(health)}, 200 if health.is_ready else 503


@bp.get("/health/live")
def live() -> dict[str, str]:
    """Answer 200 as long as requests are answered at all."""
    return {"status": "alive"}
