"""`GET /metrics`: metrics for Prometheus."""

from flask import Response, request

from app.web.endpoints import Endpoint, Operation, ReplyDescription
from app.web.openapi.contents import TEXT
from app.web.state import current_state

bp = Endpoint("metrics", __name__, is_probe=True)


@bp.get("/metrics")
@bp.describe(
    Operation(
        summary="Return metrics for Prometheus",
        replies={
            200: ReplyDescription(
                "The metrics of all processes, as text or OpenMetrics.",
                {"text/plain": TEXT, "application/openmetrics-text": TEXT},
            )
        },
    )
)
def show() -> Response:
    """Return the metrics of all processes of this server, as text or OpenMetrics."""
    body, media_type = current_state().metrics.exposition(request.headers.get("Accept", ""))
    return Response(body, content_type=media_type)
