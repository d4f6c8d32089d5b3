"""How long clients may take nothing of what they are sent before their connection is closed."""

import socket
from contextlib import suppress
from typing import Any

REPLY_SECONDS = 60
"""For whole replies, which take room until they are read."""

STREAM_SECONDS = 300
"""For streams, which take little: a player may be paused."""


def limit(connection: Any, seconds: int) -> None:
    """Close a connection whose client takes nothing for so long.

    Linux counts the time in which nothing is acknowledged, or the client has no room for more.
    Elsewhere, and for sockets of the machine itself, no single write may take longer.
    """
    with suppress(OSError):  # what is wrong with a connection is seen when it is written to
        if _is_counted(connection):
            _set(connection, seconds)
        else:
            connection.settimeout(seconds)


def limit_accepted(listening: Any, seconds: int) -> None:
    """Set the limit of connections that are accepted on a listening socket, where they inherit it:
    for TCP on Linux.
    """
    if _is_counted(listening):
        _set(listening, seconds)


def _is_counted(connection: Any) -> bool:
    return hasattr(socket, "TCP_USER_TIMEOUT") and connection.family != socket.AF_UNIX


def _set(connection: Any, seconds: int) -> None:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, seconds * 1000)
