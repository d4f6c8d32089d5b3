"""Reverse proxies in front: what they say of the client is believed, and nobody else."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app.settings import Settings


def init_app(app: Flask, settings: Settings) -> None:
    """Take the client's address and the server's own from what the settings' proxies say."""
    count = settings.proxies
    if count:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count, x_prefix=count
        )
