"""`GET /metrics`: what Prometheus collects, such as how every request was answered."""

import time

from flask import Blueprint, Response, current_app, g, request

from app.telemetry.metrics import Metrics

bp = Blueprint("metrics", __name__)


@bp.get("/metrics")
def show() -> Response:
    """Return the metrics of all processes of this server, as text or OpenMetrics."""
    body, media_type = _metrics().exposition(request.headers.get("Accept", ""))
    return Response(body, content_type=media_type)


@bp.after_app_request
def end(response: Response) -> Response:
    """Count the request, whatever came of it."""
    endpoint = request.url_rule.rule if request.url_rule else "none"
    seconds = time.monotonic() - g.arrived
    _metrics().request_answered(endpoint, request.method, response.status_code, seconds)
    _metrics().key_usage.request_answered(g.get("key_name"))
    return response


def _metrics() -> Metrics:
    metrics: Metrics = current_app.extensions["metrics"]
    return metrics
