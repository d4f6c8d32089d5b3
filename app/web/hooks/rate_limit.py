"""How often each client may ask for speech."""

from ipaddress import IPv6Address, IPv6Network, ip_address

from flask import Flask, g, request

from app.settings import Settings
from app.telemetry.metrics import Metrics
from app.web.errors import TooManyRequests
from app.web.hooks.rate_counter import RateExceeded, RequestCounts, require_usable

SPEAKING = frozenset({"speech", "captions", "previews"})
"""Blueprints that make speech; nothing else is worth limiting."""


def init_app(app: Flask, settings: Settings) -> None:
    """Limit requests for speech as the settings say, by key where there is one, else by address.

    To be called after keys are asked for, so that nobody pays for those who were refused. Raises
    `SettingError` where requests cannot be counted.
    """
    if settings.rate_limit is None:
        return
    require_usable(settings)
    metrics: Metrics = app.extensions["metrics"]
    counts = RequestCounts(settings.rate_limit, settings.rate_limit_storage)

    def limit_rate() -> None:
        if request.blueprint not in SPEAKING or request.method == "OPTIONS":
            return
        try:
            counts.add(client_name())
        except RateExceeded as error:
            metrics.request_rejected("rate limit")
            raise TooManyRequests(str(error), error.retry_after) from error

    app.before_request(limit_rate)


def client_name() -> str:
    """Return who sent the request in progress: by its key where there is one, else by address."""
    if "key_name" in g:
        return f"key:{g.key_name}"
    return f"address:{_own_addresses(request.remote_addr or '')}"


def _own_addresses(address: str) -> str:
    """Return what one client has: an IPv4 address, or a whole IPv6 network of 2^64 addresses."""
    try:
        parsed = ip_address(address)
    except ValueError:  # a socket of the machine itself, or what a proxy made up
        return address
    if not isinstance(parsed, IPv6Address):
        return address
    return str(parsed.ipv4_mapped or IPv6Network((int(parsed), 64), strict=False))
