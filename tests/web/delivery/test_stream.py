"""A closed connection is noticed."""

import socket
from collections.abc import Iterator

import pytest

from app.web.delivery.stream import client_gone


@pytest.fixture
def connection() -> Iterator[tuple[socket.socket, socket.socket]]:
    server, client = socket.socketpair()
    with server, client:
        yield server, client


@pytest.mark.parametrize("key", ["gunicorn.socket", "werkzeug.socket"])
def test_a_closed_connection_is_gone_and_an_open_one_is_not(
    connection: tuple[socket.socket, socket.socket], key: str
) -> None:
    server, client = connection
    assert not client_gone({key: server})
    client.close()
    assert client_gone({key: server})


def test_looking_takes_nothing_that_the_client_has_sent(
    connection: tuple[socket.socket, socket.socket],
) -> None:
    server, client = connection
    client.send(b"next request")
    assert not client_gone({"gunicorn.socket": server})
    assert server.gettimeout() is None
    assert server.recv(100) == b"next request"


def test_a_client_that_left_is_gone_even_with_unread_bytes(
    connection: tuple[socket.socket, socket.socket],
) -> None:
    server, client = connection
    client.send(b"next request")
    client.close()
    assert client_gone({"gunicorn.socket": server})


def test_a_connection_that_was_closed_on_our_side_is_gone(
    connection: tuple[socket.socket, socket.socket],
) -> None:
    server, _ = connection
    server.close()
    assert client_gone({"gunicorn.socket": server})


def test_without_a_socket_no_client_is_gone() -> None:
    assert not client_gone({})
