"""`GET /health`, `/health/ready` and `/health/live`: for people, load balancers, supervisors."""

from flask import Response, jsonify

from app.web.endpoints import Endpoint, Operation, ReplyDescription
from app.web.openapi.contents import json_content
from app.web.replies import HealthReply
from app.web.state import current_state

bp = Endpoint("health", __name__, is_probe=True)


@bp.get("/health")
@bp.get("/health/ready")
@bp.describe(
    Operation(
        summary="Check whether the server can speak",
        replies={
            200: ReplyDescription("The model is loaded and works.", json_content(HealthReply)),
            503: ReplyDescription(
                "It is loading, stopping or broken.",
                json_content(HealthReply),
            ),
        },
    )
)
def show() -> tuple[Response, int]:
    """Answer 200 while speech can be made; 503 while loading, draining, broken or hung."""
    health = current_state().service.check()
    return jsonify(HealthReply(status=str(health))), 200 if health.is_ready else 503


@bp.get("/health/live")
@bp.describe(
    Operation(
        summary="Check whether the server answers at all",
        replies={200: ReplyDescription("The server answers.", json_content(HealthReply))},
    )
)
def live() -> Response:
    """Answer 200 as long as requests are answered at all."""
    return jsonify(HealthReply(status="alive"))
