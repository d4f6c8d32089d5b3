"""Checks of the addresses to listen on, and the URL that users are told."""

import errno
import json
import os
import socket
import stat
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

Address = tuple[str, int] | str
"""Host and port, or the path of a Unix socket."""

EVERYWHERE = ("0.0.0.0", "::", "")
"""Hosts that stand for all addresses of the machine."""

LAST_PORT = 65_535

_PORTS_TRIED = 20

_EXAMPLE = {"model": "tts-1", "voice": "alloy", "input": "Hello.", "response_format": "wav"}


class CannotListen(Exception):
    """The server cannot listen on an address; the message says why and what to do."""


def require_free(addresses: Iterable[Address], option: Callable[[str, int], str]) -> None:
    """Raise `CannotListen` for the first address that cannot be bound; leave all unbound.

    `option` returns the option that sets another host and port.
    """
    for address in addresses:
        if isinstance(address, str):
            _require_free_path(address)
        else:
            _require_free_port(*address, option)


def _require_free_port(host: str, port: int, option: Callable[[str, int], str]) -> None:
    try:
        _bind(host, port)
    except OverflowError as error:
        raise CannotListen(f"There is no port {port}: the last one is {LAST_PORT}.") from error
    except (TypeError, UnicodeError) as error:  # the name cannot be encoded
        raise CannotListen(f"{host!r} is not a host name.") from error
    except OSError as error:
        raise CannotListen(_reason(error, host, port, option)) from error


def _reason(error: OSError, host: str, port: int, option: Callable[[str, int], str]) -> str:
    if error.errno == errno.EADDRINUSE:
        free = option(host, _free_port_after(host, port))
        return f"Port {port} is taken by another program: choose another port with {free}."
    if error.errno in (errno.EACCES, errno.EPERM):
        other = option(host, _free_port_after(host, port + 7999))
        return f"This user may not listen on port {port}: choose another port with {other}."
    everywhere = option("0.0.0.0", port)
    if isinstance(error, socket.gaierror):
        return f"The host name {host} is not known: {everywhere} listens on all addresses."
    if error.errno == errno.EADDRNOTAVAIL:
        return (
            f"{host} is not an address of this machine; "
            f"{everywhere} listens on all of its addresses."
        )
    if error.errno == errno.EAFNOSUPPORT:
        return (
            f"{host} is an IPv6 address, but this machine has no IPv6: "
            f"{everywhere} listens on IPv4."
        )
    return f"The server cannot listen on {host}, port {port}: {error.strerror}."


def _bind(host: str, port: int) -> None:
    """Bind an address in the same way as gunicorn, and close it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))


def _free_port_after(host: str, port: int) -> int:
    """Return the next free port, or simply the next one if many are taken."""
    for candidate in range(port + 1, min(port + _PORTS_TRIED, LAST_PORT) + 1):
        try:
            _bind(host, candidate)
        except OSError:
            continue
        return candidate
    return min(port + 1, LAST_PORT)


def _require_free_path(name: str) -> None:
    """Check the path of a Unix socket; gunicorn replaces an existing one."""
    if name.startswith("\0"):  # an abstract socket, which is not in the file system
        return
    path = Path(name)
    try:
        if not stat.S_ISSOCK(path.stat().st_mode):
            raise CannotListen(
                f"{path} exists and is not a socket; remove it or choose another path."
            )
    except FileNotFoundError:
        pass
    except OSError as error:
        raise CannotListen(f"{path} cannot be listened on: {error.strerror}.") from error
    else:
        _require_abandoned(path)
    if not path.parent.is_dir():
        raise CannotListen(f"The folder of the socket {path} does not exist.")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise CannotListen(f"This user may not make the socket {path} in its folder.")


def _require_abandoned(path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        try:
            probe.connect(str(path))
        except OSError:
            return
    raise CannotListen(f"Another program listens on {path}: choose another path.")


def invitation(listener: Any, *, is_tls: bool, has_key: bool, with_command: bool) -> str:
    """Return a message for users on this machine, with the URL of the playground.

    `with_command` adds a command that makes speech, which refers to the variable API_KEY if the
    server has keys.
    """
    name = listener.getsockname()
    if isinstance(name, (str, bytes)):  # a Unix socket
        url, options = "http://localhost", f" --unix-socket {os.fsdecode(name)}"
        text = f"Listening on {os.fsdecode(name)}."
    else:
        url, options = f"{'https' if is_tls else 'http'}://{_host_and_port(*name[:2])}", ""
        text = f"Open {url}/playground in a browser."
    if not with_command:
        return text
    key = ' -H "Authorization: Bearer $API_KEY"' if has_key else ""
    condition = " (with your key in API_KEY)" if has_key else ""
    return (
        f"{text} Or{condition}: curl -s{options} {url}/v1/audio/speech{key} "
        f"-H 'Content-Type: application/json' -d '{json.dumps(_EXAMPLE)}' -o hello.wav"
    )


def _host_and_port(host: str, port: int) -> str:
    if host in (*EVERYWHERE, "127.0.0.1", "::1"):
        host = "localhost"
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
