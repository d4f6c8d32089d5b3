"""Errors for addresses say what to do, and users are told the URL of a listening server."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.server.addresses import CannotListen, invitation, require_free
from tests.servers import free_port


def option(host: str, port: int) -> str:
    return f"--host {host} --port {port}"


def refusal(address: tuple[str, int] | str) -> str:
    with pytest.raises(CannotListen) as refused:
        require_free([address], option)
    message = str(refused.value)
    assert "\n" not in message
    return message


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def test_a_free_address_is_left_unbound() -> None:
    address = ("127.0.0.1", free_port())
    require_free([address, ("0.0.0.0", free_port())], option)
    socket.create_server(address).close()


def test_the_error_for_a_port_that_is_taken_names_a_free_one(listening: socket.socket) -> None:
    port = listening.getsockname()[1]
    for host in ("127.0.0.1", "0.0.0.0", "localhost"):
        message = refusal((host, port))
        assert message.startswith(f"Port {port} is taken by another program")
        free = int(message.removesuffix(".").rpartition(" ")[2])
        require_free([("127.0.0.1", free)], option)


def test_all_addresses_are_checked(listening: socket.socket) -> None:
    with pytest.raises(CannotListen):
        require_free([("127.0.0.1", free_port()), listening.getsockname()], option)


@pytest.mark.parametrize(
    ("host", "port", "reason"),
    [
        ("192.0.2.1", 8000, "192.0.2.1 is not an address of this machine; --host 0.0.0.0"),
        ("no-such-host.invalid", 8000, "The host name no-such-host.invalid is not known"),
        ("\xe9" * 80, 8000, "is not a host name"),
        ("127.0.0.1", 70_000, "There is no port 70000"),
    ],
)
def test_an_address_that_does_not_exist_is_named_in_the_error(
    host: str, port: int, reason: str
) -> None:
    assert reason in refusal((host, port))


def test_ipv6_on_a_machine_without_it_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "AF_INET6", 9999)  # an address family that no machine has
    assert ":: is an IPv6 address, but this machine has no IPv6: " in refusal(("::", 8000))


def test_a_port_that_only_root_may_listen_on_is_an_error() -> None:
    code = """
import os, sys
from app.server.addresses import CannotListen, require_free
if os.geteuid() == 0:
    os.setuid(65534)
try:
    require_free([("127.0.0.1", 80)], lambda host, port: f"--port {port}")
except CannotListen as error:
    print(error)
"""
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", code]
    said = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    if not said:
        pytest.skip("everybody may listen on port 80 here")
    assert said == "This user may not listen on port 80: choose another port with --port 8080.\n"


def test_the_path_of_a_unix_socket_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "socket"
    require_free([str(path), "\0abstract"], option)
    assert "does not exist" in refusal(str(tmp_path / "none" / "socket"))
    (tmp_path / "file").touch()
    assert "exists and is not a socket; remove it" in refusal(str(tmp_path / "file"))
    with closing(socket.socket(socket.AF_UNIX)) as server:
        server.bind(str(path))
        require_free([str(path)], option)  # gunicorn replaces what a killed server left
        server.listen()
        assert "Another program listens on" in refusal(str(path))
    assert path.exists()


def invited(host: str, **how: bool) -> str:
    class Listener:
        def getsockname(self) -> tuple[str, int]:
            return host, 8000

    how = {"is_tls": False, "has_key": False, "with_command": True, **how}
    return invitation(Listener(), **how)


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("0.0.0.0", "http://localhost:8000"),
        ("::", "http://localhost:8000"),
        ("127.0.0.1", "http://localhost:8000"),
        ("192.0.2.7", "http://192.0.2.7:8000"),
        ("2001:db8::7", "http://[2001:db8::7]:8000"),
    ],
)
def test_users_are_told_a_url_that_works_in_a_browser(host: str, url: str) -> None:
    text = invited(host)
    assert text.startswith(f"Open {url}/playground in a browser. Or: curl -s {url}/v1/audio/speech")


def test_the_url_has_https_and_the_command_a_placeholder_for_the_key() -> None:
    text = invited("0.0.0.0", is_tls=True, has_key=True)
    assert "https://localhost:8000/playground" in text
    assert " Or (with your key in API_KEY): curl " in text
    assert '-H "Authorization: Bearer $API_KEY"' in text


def test_programs_are_not_given_a_command() -> None:
    text = invited("0.0.0.0", with_command=False)
    assert text == "Open http://localhost:8000/playground in a browser."


def test_users_are_told_the_path_of_a_unix_socket(tmp_path: Path) -> None:
    with closing(socket.socket(socket.AF_UNIX)) as listener:
        listener.bind(str(tmp_path / "socket"))
        text = invitation(listener, is_tls=False, has_key=False, with_command=True)
    path = os.fspath(tmp_path / "socket")
    assert f"Listening on {path}." in text
    assert f"curl -s --unix-socket {path} http://localhost/v1/audio/speech" in text
