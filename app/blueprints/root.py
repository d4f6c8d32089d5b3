"""`GET /` and `GET /v1`: what this server is and offers; a browser is led to the playground."""

from flask import Blueprint, Response, current_app, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.version import DESCRIPTION, NAME, __version__
from app.web.hooks.security_headers import asks_for_page
from app.web.openapi import methods, template

bp = Blueprint("root", __name__)


@bp.before_app_request
def options_of_the_server() -> Response | None:
    """Answer `OPTIONS *`, which asks about no path but about the server (RFC 9110, 9.3.7)."""
    if request.method == "OPTIONS" and request.environ["PATH_INFO"] == "*":
        rules = current_app.url_map.iter_rules()
        known = {method for rule in rules for method in rule.methods or ()}
        return Response(status=204, headers={"Allow": ", ".join(sorted(known))})
    return None


@bp.get("/")
def show() -> BaseResponse:
    """Lead a browser to the playground; tell programs what `/v1` tells them."""
    response = redirect(url_for("playground.show")) if asks_for_page() else jsonify(show_v1())
    response.vary.add("Accept")
    return response


@bp.get("/v1")
def show_v1() -> dict[str, object]:
    """Return the name, the version and the endpoints."""
    endpoints = [
        f"{method} {template(rule)}"
        for rule in current_app.url_map.iter_rules()
        for method in methods(rule)
    ]
    return {
        "name": NAME,
        "version": __version__,
        "description": DESCRIPTION,
        "endpoints": sorted(endpoints),
    }
