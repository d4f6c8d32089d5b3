"""Metrics of requests: every reply is counted, whatever its status."""

import time

from flask import Flask, Response, g, request

from app.web.state import current_state


def init_app(app: Flask) -> None:
    """Count each reply of `app`, those without a key too."""
    app.after_request(_count)


def _count(response: Response) -> Response:
    metrics = current_state().metrics
    endpoint = request.url_rule.rule if request.url_rule else "none"
    seconds = time.monotonic() - g.arrived
    metrics.request_answered(endpoint, request.method, response.status_code, seconds)
    metrics.key_usage.request_answered(g.get("key_name"))
    return response
