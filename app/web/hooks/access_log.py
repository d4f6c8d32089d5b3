"""Access log: a line for every request that was answered."""

import logging
import time

from flask import Flask, Response, g, request

from app.web.endpoints import current_endpoint

log = logging.getLogger(__name__)

REFUSED = (401, 429)
"""Statuses whose lines name the client's address, for operators to see who it was."""


def init_app(app: Flask) -> None:
    """Log each reply of `app` with its figures; replies to probes only for debugging."""
    app.after_request(_log)


def _log(response: Response) -> Response:
    figures: dict[str, object] = {
        "method": request.method,
        # The rule and not the path, which may be anything, of any length.
        "route": request.url_rule.rule if request.url_rule else "-",
        "status": response.status_code,
        "seconds": round(time.monotonic() - g.arrived, 3),
    }
    if response.status_code in REFUSED:
        figures["address"] = request.remote_addr
    if response.content_length is not None:
        figures["bytes"] = response.content_length
    endpoint = current_endpoint()
    is_probe = endpoint is not None and endpoint.is_probe
    log.log(logging.DEBUG if is_probe else logging.INFO, "Request answered.", extra=figures)
    return response
