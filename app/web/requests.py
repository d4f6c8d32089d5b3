"""Questions about the request in progress."""

from ipaddress import IPv6Address, IPv6Network, ip_address

from flask import g, request


def asks_for_page() -> bool:
    """Return whether the request prefers HTML to JSON, as that of a browser's address bar does."""
    return request.accept_mimetypes.best_match(("application/json", "text/html")) == "text/html"


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
