"""`health` asks the running server for its health, and reports it to probes by its exit status."""

import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from werkzeug.serving import make_server

from app import create_app
from app.cli import main
from app.commands.health import is_loopback, own_url
from app.settings import Settings
from app.web.state import state_of
from tests.certificates import make_certificate
from tests.conftest import TINY_VOICE
from tests.fakes import FakeEngine
from tests.servers import PROJECT, START_SECONDS, free_port, gunicorn_server, wait_until


@contextmanager
def serving(
    app: Flask, *, is_ready: bool = True, ssl_context: tuple[str, str] | None = None
) -> Iterator[int]:
    """Serve an application, and give its port."""
    if is_ready:
        service = state_of(app).service
        service.start()
        service.wait_until_loaded()
    server = make_server("127.0.0.1", 0, app, threaded=True, ssl_context=ssl_context)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def asked(runner: CliRunner, port: int, *arguments: str, **environ: str) -> Result:
    return runner.invoke(main, ["health", *arguments], env={"PORT": str(port), **environ})


def test_a_server_that_can_speak_is_healthy(runner: CliRunner, app: Flask) -> None:
    with serving(app) as port:
        result = asked(runner, port)
        assert (result.exit_code, result.stdout) == (0, "ok\n")
        assert asked(runner, port, "--live").stdout == "alive\n"
        assert asked(runner, 1, "--url", f"http://127.0.0.1:{port}/").exit_code == 0


def test_a_server_that_is_draining_is_alive_and_not_ready(runner: CliRunner, app: Flask) -> None:
    with serving(app) as port:
        state_of(app).service.health.drain(60)
        result = asked(runner, port)
        assert (result.exit_code, result.stdout) == (1, "draining (503)\n")
        assert asked(runner, port, "--live").exit_code == 0


def test_the_key_of_the_settings_is_sent_to_its_own_server_alone(
    runner: CliRunner, tmp_path: Path, engine: FakeEngine
) -> None:
    keys = tmp_path / "keys"
    keys.write_text("alice:schlüssel\n")
    seen = []
    app = create_app(Settings(api_key_file=keys), engine)

    def note(environ: dict[str, str], start: Callable[..., object]) -> object:
        seen.append(environ.get("HTTP_AUTHORIZATION"))
        return served(environ, start)

    served, app.wsgi_app = app.wsgi_app, note  # type: ignore[method-assign]
    with serving(app) as port:
        assert asked(runner, port, API_KEY_FILE=str(keys)).exit_code == 0
        by_url = asked(runner, 1, "--url", f"http://127.0.0.1:{port}", API_KEY_FILE=str(keys))
        assert by_url.exit_code == 1
        assert "key" in by_url.stdout
        # A server that asks for a key is alive.
        assert asked(runner, port, "--live").exit_code == 0
    assert [header is not None for header in seen] == [True, False, False]


def test_a_running_server_is_asked_though_a_file_of_the_settings_has_vanished(
    runner: CliRunner, app: Flask
) -> None:
    with serving(app) as port:
        assert asked(runner, port, KOKORO_LEXICON="/no/such/file").exit_code == 0


@pytest.mark.parametrize(
    "flags", [["--workers", "99"], ["--api-key", ""], ["--api-key", "two words"]]
)
def test_a_setting_that_is_not_allowed_ends_it_with_a_status_that_probes_know(
    runner: CliRunner, flags: list[str]
) -> None:
    result = runner.invoke(main, [*flags, "health"])
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert result.output.count("\n") == 1


@pytest.mark.needs("openssl")
def test_the_own_server_is_asked_over_tls_where_it_speaks_nothing_else(
    runner: CliRunner, tmp_path: Path, engine: FakeEngine
) -> None:
    app = create_app(Settings(api_key="s3cret"), engine)
    certificate, key = map(str, make_certificate(tmp_path))
    with serving(app, ssl_context=(certificate, key)) as port:
        result = asked(runner, port, API_KEY="s3cret")
        assert (result.exit_code, result.stdout) == (0, "ok\n")
        assert asked(runner, port, "--live").exit_code == 0
        by_url = asked(runner, 1, "--url", f"https://127.0.0.1:{port}")
        assert by_url.exit_code == 1
        assert "certificate" in by_url.stdout


@pytest.mark.slow
@pytest.mark.needs("openssl")
def test_a_server_with_a_certificate_of_gunicorns_options_is_healthy(
    runner: CliRunner, tmp_path: Path
) -> None:
    certificate, key = make_certificate(tmp_path)
    environ = {
        "KOKORO_MODEL_PATH": str(TINY_VOICE),
        "GUNICORN_CMD_ARGS": f"--certfile {certificate} --keyfile {key}",
    }
    with gunicorn_server(environ, tmp_path / "log") as running:
        wait_until(lambda: "Ready to speak" in running.log, START_SECONDS)
        result = asked(runner, running.port, HOST="127.0.0.1")
        assert (result.exit_code, result.stdout) == (0, "ok\n")


@pytest.mark.parametrize(
    ("host", "is_here"),
    [
        ("localhost", True),
        ("127.0.0.5", True),
        ("::1", True),
        ("192.0.2.7", False),
        ("example.org", False),
    ],
)
def test_only_this_machine_is_trusted_without_a_certificate(host: str, is_here: bool) -> None:
    assert is_loopback(host) == is_here


def test_without_a_server_the_probe_fails(runner: CliRunner) -> None:
    result = asked(runner, free_port())
    assert result.exit_code == 1
    assert result.stdout.startswith("no answer: ")


def test_a_server_that_does_not_answer_in_time_is_unhealthy(runner: CliRunner) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        result = asked(runner, silent.getsockname()[1], "--timeout", "0.2")
    assert (result.exit_code, result.stdout) == (1, "no answer: timed out\n")


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://localhost", "http://", "http://h:port"])
def test_a_url_that_is_no_address_is_refused(runner: CliRunner, url: str) -> None:
    result = asked(runner, 1, "--url", url)
    assert result.exit_code == 1
    assert result.stdout.startswith("no answer: ")


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::", "http://[::1]:8000"),
        ("[::]", "http://[::1]:8000"),
        ("localhost", "http://localhost:8000"),
        ("fd00::1", "http://[fd00::1]:8000"),
    ],
)
def test_the_server_is_found_wherever_it_listens(host: str, url: str) -> None:
    assert own_url(Settings(host=host)) == url


@pytest.mark.parametrize("module", ["flask", "gevent", "onnxruntime", "pydantic", "requests"])
def test_a_probe_imports_little(module: str) -> None:
    code = f"import sys, app.cli, app.commands.health; sys.exit({module!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=PROJECT).returncode == 0
