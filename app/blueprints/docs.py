"""`GET /openapi.json` and `GET /docs`: the API for programs, and the same for people."""

from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, current_app, render_template, request

from app.openapi import document
from app.openapi.reference import endpoints, shapes

FOLDER = Path(__file__).parent.parent / "docs"

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)

bp = Blueprint("docs", __name__, template_folder=str(FOLDER))


@bp.get("/openapi.json")
def openapi() -> dict[str, Any]:
    """Return the document; like the pages, it needs no key, for it holds no secret."""
    return _document()


@bp.get("/docs")
def show() -> Response:
    """Render the document."""
    described = _document()
    page = render_template(
        "docs.html",
        info=described["info"],
        endpoints=endpoints(described, request.root_url.rstrip("/")),
        shapes=shapes(described),
        needs_key="securitySchemes" in described["components"],
    )
    response = Response(page, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@bp.get("/docs/style.css")
def style() -> Response:
    """Return the page's style sheet."""
    sheet = (FOLDER / "style.css").read_text()
    return Response(sheet, content_type="text/css; charset=utf-8")


def _document() -> dict[str, Any]:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return document(app, request.script_root or "/")
