"""`GET /` and `GET /v1`: the server's name and endpoints; browsers go to the playground."""

from flask import Response, current_app, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.version import DESCRIPTION, NAME, __version__
from app.web.endpoints import Endpoint, Operation, ReplyDescription
from app.web.openapi import methods, template
from app.web.openapi.contents import TEXT, json_content
from app.web.replies import ServerReply
from app.web.requests import asks_for_page

bp = Endpoint("root", __name__)

_SUMMARY = "Describe this server"
_REPLY = ReplyDescription("Its name, version and endpoints.", json_content(ServerReply))


@bp.before_app_request
def options_of_the_server() -> Response | None:
    """Answer `OPTIONS *`, which is about the server and not about a path (RFC 9110, 9.3.7)."""
    if request.method == "OPTIONS" and request.environ["PATH_INFO"] == "*":
        rules = current_app.url_map.iter_rules()
        known = {method for rule in rules for method in rule.methods or ()}
        return Response(status=204, headers={"Allow": ", ".join(sorted(known))})
    return None


@bp.get("/")
@bp.describe(
    Operation(
        summary=_SUMMARY,
        replies={
            200: _REPLY,
            302: ReplyDescription(
                "A redirect to the playground, for browsers: `Accept` prefers `text/html`.",
                {"text/html": TEXT},
                {"Location": {"description": "Path of the playground.", "schema": TEXT}},
            ),
        },
    )
)
def show() -> BaseResponse:
    """Redirect browsers to the playground; answer programs as `/v1` does."""
    response = redirect(url_for("playground.show")) if asks_for_page() else show_v1()
    response.vary.add("Accept")
    return response


@bp.get("/v1")
@bp.describe(Operation(summary=_SUMMARY, replies={200: _REPLY}))
def show_v1() -> Response:
    """Return the name, the version and the endpoints."""
    endpoints = [
        f"{method} {template(rule)}"
        for rule in current_app.url_map.iter_rules()
        for method in methods(rule)
    ]
    return jsonify(
        ServerReply(
            name=NAME,
            version=__version__,
            description=DESCRIPTION,
            endpoints=sorted(endpoints),
        )
    )
