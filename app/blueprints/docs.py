"""`GET /openapi.json` and `GET /docs`: the API for programs and for people."""

from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, render_template, request, send_from_directory

from app.web.endpoints import Endpoint
from app.web.hooks.security_headers import protect
from app.web.openapi import document
from app.web.openapi.reference import documented_operations, shapes

FOLDER = Path(__file__).parent.parent / "web" / "pages" / "docs"

bp = Endpoint("docs", __name__, is_page=True, template_folder=str(FOLDER))
protect(bp, "style-src 'self'")


@bp.get("/openapi.json")
def openapi() -> dict[str, Any]:
    """Return the document."""
    return _document()


@bp.get("/docs")
def show() -> Response:
    """Render the document as a page."""
    described = _document()
    page = render_template(
        "docs.html",
        info=described["info"],
        operations=documented_operations(described, request.root_url.rstrip("/")),
        shapes=shapes(described),
        needs_key="securitySchemes" in described["components"],
    )
    return Response(page, content_type="text/html; charset=utf-8")


@bp.get("/docs/style.css")
def style() -> Response:
    """Return the page's style sheet."""
    return send_from_directory(FOLDER, "style.css", mimetype="text/css")


def _document() -> dict[str, Any]:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return document(app, request.script_root or "/")
