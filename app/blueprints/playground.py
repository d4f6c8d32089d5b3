"""`GET /playground`: a page to try the server in a browser, and the files that it loads."""

from pathlib import Path, PurePath

from flask import Response, render_template, request, send_from_directory

from app.tts.types import MAX_SPEED, MIN_SPEED
from app.web.endpoints import Endpoint
from app.web.errors import NotFound
from app.web.hooks.security_headers import protect
from app.web.state import current_state

FOLDER = Path(__file__).parent.parent / "web" / "pages" / "playground"

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
"""Media types of the files that are served; the system's own table may have other ones."""

bp = Endpoint("playground", __name__, is_page=True, template_folder=str(FOLDER))
protect(bp, "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'")


@bp.get("/playground")
def show() -> Response:
    """Return the page, with what this server offers."""
    page = render_template(
        "playground.html",
        capabilities=current_state().capabilities,
        min_speed=MIN_SPEED,
        max_speed=MAX_SPEED,
        needs_key=current_state().keys.is_needed,
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
    # Compared with a listing, since the file system raises errors for some names clients make up.
    if media_type is None or name not in {path.name for path in FOLDER.iterdir()}:
        raise NotFound(f"The playground has no part {name[:64]!r}.")
    # The names have no date or version, so browsers ask each time; most answers are 304.
    response = send_from_directory(FOLDER, name)
    response.content_type = media_type
    return response
