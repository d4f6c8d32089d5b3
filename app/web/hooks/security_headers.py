"""What replies tell browsers to beware of."""

from flask import Blueprint, Flask, Response, request

POLICY = "default-src 'none'; media-src 'self'; frame-ancestors 'none'"
"""For what is no page: it loads nothing, but for audio that a browser shows as a page of itself."""


def asks_for_page() -> bool:
    """Whether the request prefers a page to JSON, as those of a browser's address bar do."""
    return request.accept_mimetypes.best_match(("application/json", "text/html")) == "text/html"


def init_app(app: Flask) -> None:
    """Let browsers take no reply for what it is not, nor load anything for one that is no page."""

    def add_headers(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    app.after_request(add_headers)


def protect(bp: Blueprint, *allowed: str) -> None:
    """Let the pages of `bp` load nothing but what is `allowed`, and nobody frame them.

    `allowed` are directives of a Content-Security-Policy, such as `style-src 'self'`.
    """
    always = ("base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'")
    policy = "; ".join(("default-src 'none'", *allowed, *always))

    def add_policy(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = policy
        return response

    bp.after_request(add_policy)
