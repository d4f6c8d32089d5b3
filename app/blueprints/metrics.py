"""`GET /metrics`: what Prometheus collects."""

from flask import Blueprint, Response, current_app, request

from app.metrics import Metrics

bp = Blueprint("metrics", __name__)


@bp.get("/metrics")
def show() -> Response:
    """Return the metrics of all processes of this server, as text or OpenMetrics."""
    metrics: Metrics = current_app.extensions["metrics"]
    body, media_type = metrics.exposition(request.headers.get("Accept", ""))
    return Response(body, content_type=media_type)
