"""Rate limit: how many requests for speech each client may send."""

from ipaddress import IPv6Address, IPv6Network, ip_address

from flask import Flask, g, request

from app.web.endpoints import current_endpoint
from app.web.errors import TooManyRequests
from app.web.hooks.rate_counter import RateExceeded, RequestCounts, require_usable
from app.web.state import state_of


def init_app(app: Flask) -> None:
    """Limit requests for speech to `app` as the settings say, by key if there is one, else address.

    Call it after `auth.init_app`, so that requests with a bad key do not use up anyone's limit.
    Raises `SettingError` where requests cannot be counted.
    """
    settings, metrics = state_of(app).settings, state_of(app).metrics
    if settings.rate_limit is None:
        return
    require_usable(settings)
    counts = RequestCounts(settings.rate_limit, settings.rate_limit_storage)

    def limit_rate() -> None:
        endpoint = current_endpoint()
        if endpoint is None or not endpoint.makes_speech or request.method == "OPTIONS":
            return
        try:
            counts.add(client_name())
        except RateExceeded as error:
            metrics.request_rejected("rate limit")
            raise TooManyRequests(str(error), error.retry_after) from error

    app.before_request(limit_rate)


def client_name() -> str:
    """Return the client of the request in progress: by its key if there is one, else by address."""
    if "key_name" in g:
        return f"key:{g.key_name}"
    return f"address:{_own_addresses(request.remote_addr or '')}"


def _own_addresses(address: str) -> str:
    """Return the addresses of one client: an IPv4 address, or a whole IPv6 network of 2^64."""
    try:
        parsed = ip_address(address)
    except ValueError:  # a Unix socket, or whatever a proxy sent
        return address
    if not isinstance(parsed, IPv6Address):
        return address
    return str(parsed.ipv4_mapped or IPv6Network((int(parsed), 64), strict=False))
