"""Reverse proxies: only their X-Forwarded headers are believed."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app.web.state import state_of


def init_app(app: Flask) -> None:
    """Take the addresses of the client and of the server from as many proxies as are set."""
    count = state_of(app).settings.proxies
    if count:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count, x_prefix=count
        )
