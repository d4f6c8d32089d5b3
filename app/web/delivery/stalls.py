"""Stall limits: a connection is closed if its client reads nothing for too long."""

import socket
from contextlib import suppress
from typing import Any

REPLY_SECONDS = 60
"""Limit of whole replies, which take room until they are read."""

STREAM_SECONDS = 300
"""Limit of streams, which take little room; a player may be paused."""


def limit(connection: Any, seconds: int) -> None:
    """Close a connection whose client reads nothing for `seconds`.

    Linux counts the time without acknowledgements, or in which the client's buffer is full. For
    Unix sockets and on other systems, the limit is for each write.
    """
    with suppress(OSError):  # a broken connection shows when it is written to
        if _is_counted(connection):
            _set(connection, seconds)
        else:
            connection.settimeout(seconds)


def limit_accepted(listening: Any, seconds: int) -> None:
    """Set the limit for connections accepted on a listening socket.

    They inherit it only with TCP on Linux; elsewhere this does nothing.
    """
    if _is_counted(listening):
        _set(listening, seconds)


def _is_counted(connection: Any) -> bool:
    return hasattr(socket, "TCP_USER_TIMEOUT") and connection.family != socket.AF_UNIX


def _set(connection: Any, seconds: int) -> None:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, seconds * 1000)
