"""Fixtures of all tests: the fake engine, the tiny voice, and real servers."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.loading.model_files import get_model, get_prepared
from app.scheduling import native_threads
from app.settings import Settings, env_name
from app.tts.model.session import SessionOptions
from app.tts.model.split_model import SplitModel
from app.web.state import state_of
from tests import hypothesis_profiles
from tests.fakes import FakeEngine
from tests.programs import MissingPrograms
from tests.reports import PortableReports
from tests.servers import Server, gunicorn_server
from tests.servers import openai_server as run_openai_server
from tests.stray_threads import QuietStrayThreads

hypothesis_profiles.load_profile()

TINY_VOICE = Path(__file__).parent / "data" / "tiny_voice.onnx"


def pytest_configure(config: pytest.Config) -> None:
    # pytest-xdist would run files of few tests last, which are the longest: see those of servers.
    config.option.loadscopereorder = False
    config.pluginmanager.register(MissingPrograms())
    config.pluginmanager.register(PortableReports())
    if config.option.capture != "no":
        config.pluginmanager.register(QuietStrayThreads())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests/faults measured: pytest-xdist's main process reads no other conftest."""
    figures = [
        figure
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", None) == "call"
        for figure in report.user_properties
    ]
    if figures:
        terminalreporter.section("measured")
    for name, value in figures:
        terminalreporter.write_line(f"{name}: {value}")


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def app(engine: FakeEngine) -> Flask:
    return create_app(Settings(), engine)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def ready_client(app: Flask, client: FlaskClient) -> FlaskClient:
    """A client of a server that has finished loading."""
    service = state_of(app).service
    service.start()
    service.wait_until_loaded()
    return client


@pytest.fixture
def runner() -> CliRunner:
    """A runner of the command that sees no setting of the environment."""
    return CliRunner(env={env_name(setting): "" for setting in fields(Settings)})


@pytest.fixture
def quick_polls(monkeypatch: pytest.MonkeyPatch) -> None:
    """Call `on_wait` all the time while waiting for a native thread."""
    monkeypatch.setattr(native_threads, "POLL_SECONDS", 0.01)


@pytest.fixture(scope="session")
def split_model() -> SplitModel:
    """The real model, prepared once for all tests in the user's cache, as a first start does."""
    settings = Settings()
    prepared = get_prepared(get_model(settings), settings)
    assert prepared is not None
    return SplitModel.load(prepared, SessionOptions())


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """gunicorn with the real model, every format, two runs at once, no cache and no key."""
    environ = {
        "KOKORO_WORKERS": "2",
        "KOKORO_CACHE_MB": "0",
        "KOKORO_EXTRA_FORMATS": "mp3,opus,aac,flac",
        "KOKORO_MODEL_IDS": "tts-1-hd,gpt-4o-mini-tts",
    }
    with gunicorn_server(environ, tmp_path_factory.mktemp("server") / "log") as running:
        running.wait_until_healthy()
        yield running


@pytest.fixture(scope="session")
def openai_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """gunicorn with the real model, started with `--openai` and nothing else."""
    with run_openai_server({}, tmp_path_factory.mktemp("openai_server") / "log") as running:
        running.wait_until_healthy()
        yield running


@pytest.fixture(scope="session")
def openai_node(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which Node.js finds openai-node, installed from its lock file."""
    for program in ("node", "npm"):
        assert shutil.which(program), f"these tests need {program}: apt install nodejs npm"
    folder = tmp_path_factory.mktemp("node")
    for path in (Path(__file__).parent / "clients" / "node").iterdir():
        if path.is_file():
            shutil.copy(path, folder)
    install = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(install, cwd=folder, check=True, capture_output=True, timeout=120)
    return folder
