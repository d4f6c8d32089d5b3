"""`GET /health`: whether the model can speak."""

from flask import Blueprint, current_app

from app.stage import OK, Stage

bp = Blueprint("health", __name__)


@bp.get("/health")
def show() -> tuple[dict[str, str], int]:
    """Answer 200 once the model has spoken its warm-up; 503 before that and when it is broken."""
    stage: Stage = current_app.extensions["stage"]
    status = stage.check()
    return {"status": status}, 200 if status == OK else 503
