"""A test's output has no log lines of threads that earlier tests left behind."""

import logging
import threading

import pytest

from app.telemetry import logs
from tests.stray_threads import QuietStrayThreads


def test_only_threads_of_the_test_itself_log_to_its_output(
    request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    plugins = request.config.pluginmanager.get_plugins()
    plugin = next((each for each in plugins if isinstance(each, QuietStrayThreads)), None)
    if plugin is None:
        pytest.skip("pytest captures no output")
    logs.configure("info", "console")
    log = logging.getLogger("app")
    next_test_runs = threading.Event()

    def log_later() -> None:
        next_test_runs.wait()
        log.info("stray")

    thread = threading.Thread(target=log_later)
    thread.start()
    plugin.pytest_runtest_setup()
    next_test_runs.set()
    thread.join()
    log.info("own")
    lines = capsys.readouterr().err
    assert "own" in lines
    assert "stray" not in lines
