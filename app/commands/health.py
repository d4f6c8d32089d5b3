"""`kokoro-openai-server health`: ask a running server for its health, for probes of containers.

Probes run every few seconds, so this imports little.
"""

import http.client
import json
import ssl
import sys
import time
from ipaddress import ip_address
from urllib.parse import urlsplit

import click

from app.commands.subcommand import Subcommand
from app.settings import Settings
from app.web.api_keys import Keys

LONGEST_REPLY = 4096
"""Bytes of a reply that are read at most."""


@click.command(cls=Subcommand)
@click.option(
    "--url",
    help="Server to ask, such as http://10.0.0.5:8000. Needed where gunicorn's option -b says on "
    "which address the server listens, which is not known here.  [default: HOST and PORT]",
)
@click.option("--live", is_flag=True, help="Ask whether it answers at all, not if it can speak.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=4.0,
    show_default=True,
    help="Seconds that the answer may take.",
)
@click.pass_obj
def health(settings: Settings, /, url: str | None, live: bool, timeout: float) -> None:
    """Ask the running server if it can speak; the exit status is 0 if so, else 1.

    Without --url, the server at HOST and PORT is asked, and the key that the settings name is sent
    to it. If it is on this machine's loopback and does not speak plain HTTP, it is asked over TLS,
    and no certificate is checked. With --url, no key is sent, and the certificate is checked.
    """
    path = "/health/live" if live else "/health/ready"
    try:
        if url:
            status, said = _ask(url, path, None, timeout)
        else:
            status, said = _ask_own(settings, path, timeout)
    except (OSError, http.client.HTTPException, ValueError) as error:
        click.echo(f"no answer: {error or type(error).__name__}")
        sys.exit(1)
    # A server that asks for a key is alive, though not known to be ready.
    is_well = status == 200 or (live and status == 401)
    click.echo(said if status == 200 else f"{said} ({status})")
    sys.exit(0 if is_well else 1)


def own_url(settings: Settings) -> str:
    """Return the URL at which its own machine reaches the server of these settings."""
    host = settings.host.strip("[]")
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{host}]:{settings.port}" if ":" in host else f"http://{host}:{settings.port}"


def is_loopback(host: str) -> bool:
    """Return whether only this machine can answer at `host`."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:  # another name
        return False


def _ask_own(settings: Settings, path: str, timeout: float) -> tuple[int, str]:
    """Ask the server of these settings, over TLS if it refuses plain HTTP.

    Only gunicorn's options, which this command does not see, say whether it speaks TLS.
    """
    url, key, started = own_url(settings), Keys.load(settings).any_key(), time.monotonic()
    try:
        return _ask(url, path, key, timeout)
    except (ConnectionError, http.client.BadStatusLine) as error:
        left = timeout - (time.monotonic() - started)
        is_refused = isinstance(error, ConnectionRefusedError)
        if is_refused or left <= 0 or not is_loopback(urlsplit(url).hostname or ""):
            raise
        try:
            return _ask(url.replace("http:", "https:", 1), path, key, left, is_checked=False)
        except ssl.SSLError:
            raise error from None


def _ask(
    url: str, path: str, key: bytes | None, timeout: float, *, is_checked: bool = True
) -> tuple[int, str]:
    """Return the status and what the server says of its health; raises `ValueError` for a bad URL.

    With `is_checked`, the certificate of a server with TLS must be valid.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{url} is not the address of a server")
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        context = ssl.create_default_context()
        if not is_checked:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        connection = http.client.HTTPSConnection(
            parts.hostname, parts.port, timeout=timeout, context=context
        )
    else:
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=timeout)
    headers = {"Connection": "close"} | ({"Authorization": b"Bearer " + key} if key else {})
    try:
        connection.request("GET", parts.path.rstrip("/") + path, headers=headers)
        reply = connection.getresponse()
        return reply.status, _told(reply.read(LONGEST_REPLY))
    finally:
        connection.close()


def _told(body: bytes) -> str:
    """Return what the server says of its health, or its error message."""
    try:
        reply = json.loads(body)
        return str(reply["error"]["message"] if "error" in reply else reply["status"])
    except (ValueError, KeyError, TypeError):
        return "an answer that is not this server's"
