"""Security headers."""

from flask import Blueprint, Flask, Response

POLICY = "default-src 'none'; media-src 'self'; frame-ancestors 'none'"
"""Content-Security-Policy of everything but pages. It allows media because browsers show audio on a
page of their own, which loads it."""


def init_app(app: Flask) -> None:
    """Keep browsers from guessing media types, and from loading things, except for pages."""

    def add_headers(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    app.after_request(add_headers)


def protect(bp: Blueprint, *allowed: str) -> None:
    """Let the pages of `bp` load only what is `allowed`, and no other page frame them.

    `allowed` are directives of a Content-Security-Policy, such as `style-src 'self'`.
    """
    always = ("base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'")
    policy = "; ".join(("default-src 'none'", *allowed, *always))

    def add_policy(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = policy
        return response

    bp.after_request(add_policy)
