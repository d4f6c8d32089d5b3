"""`GET /playground`: a page to try the server in a browser, and the parts that it loads."""

from pathlib import Path, PurePath

from flask import Blueprint, Response, current_app, render_template, request, send_from_directory

from app.tts.types import MAX_SPEED, MIN_SPEED
from app.web.errors import NotFound
from app.web.hooks.security_headers import protect

FOLDER = Path(__file__).parent.parent / "web" / "pages" / "playground"

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
"""What is served of the folder; the system's own table of types may know other ones."""

bp = Blueprint("playground", __name__, template_folder=str(FOLDER))
protect(bp, "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'")


@bp.get("/playground")
def show() -> Response:
    """Return the page, which offers what this server does; it holds no secret."""
    page = render_template(
        "playground.html",
        capabilities=current_app.extensions["capabilities"],
        min_speed=MIN_SPEED,
        max_speed=MAX_SPEED,
        needs_key=current_app.extensions["keys"].is_needed,
    )
    response = Response(page, content_type="text/html; charset=utf-8")
    response.add_etag()
    response.cache_control.no_cache = True
    response.make_conditional(request)
    return response


@bp.get("/playground/<name>")
def part(name: str) -> Response:
    """Return a style sheet, module or picture of the page."""
    media_type = MEDIA_TYPES.get(PurePath(name).suffix)
    # Not asked of the file system, which may take offence at what names clients make up.
    if media_type is None or name not in {path.name for path in FOLDER.iterdir()}:
        raise NotFound(f"The playground has no part {name[:64]!r}.")
    # Without a date or version in the names, browsers ask each time; most answers are 304.
    response = send_from_directory(FOLDER, name)
    response.content_type = media_type
    return response
