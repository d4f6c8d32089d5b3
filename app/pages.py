"""What every page has in common."""

from flask import Blueprint, Response


def protect(bp: Blueprint, *allowed: str) -> None:
    """Let the pages of `bp` load nothing but what is `allowed`, and nobody frame them.

    `allowed` are directives of a Content-Security-Policy, such as `style-src 'self'`.
    """
    always = ("base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'")
    policy = "; ".join(("default-src 'none'", *allowed, *always))

    def add_headers(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    bp.after_request(add_headers)
