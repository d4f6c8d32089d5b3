"""A line in the log for every request that was answered."""

import logging
import time

from flask import Flask, Response, g, request

log = logging.getLogger(__name__)

REFUSED = (401, 429)
"""Statuses that make operators ask whose fault it was."""

PROBED = frozenset({"health", "metrics"})
"""Blueprints that machines ask every few seconds."""


def init_app(app: Flask) -> None:
    """Log each reply of `app` with its figures; those to probes only for debugging."""
    app.after_request(_log)


def _log(response: Response) -> Response:
    figures: dict[str, object] = {
        "method": request.method,
        # The path itself may be anything, and there is no end of them.
        "route": request.url_rule.rule if request.url_rule else "-",
        "status": response.status_code,
        "seconds": round(time.monotonic() - g.arrived, 3),
    }
    if response.status_code in REFUSED:
        figures["address"] = request.remote_addr
    if response.content_length is not None:
        figures["bytes"] = response.content_length
    level = logging.DEBUG if request.blueprint in PROBED else logging.INFO
    log.log(level, "Request answered.", extra=figures)
    return response
