"""A stop that comes while a worker is still starting ends the server at once."""

import signal
import sys
from pathlib import Path

import pytest

from tests.servers import STOP_SECONDS, free_port, server, wait_until

LOADING = "The application is loading."

SLOW_APP = f"""
import time
print({LOADING!r}, flush=True)
time.sleep(2)
from tests.fake_app import app
"""


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("stage", ["Booting worker", LOADING], ids=["forked", "loading"])
def test_a_server_that_is_told_to_stop_while_a_worker_starts_ends(
    tmp_path: Path, stage: str, stop: signal.Signals
) -> None:
    (tmp_path / "slow_app.py").write_text(SLOW_APP)
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{port}"]
    command += ["--pythonpath", str(tmp_path), "slow_app:app"]
    unprepared = {"KOKORO_PRECISION": "int8"}  # a first start would prepare the model first
    with server(command, unprepared, port, tmp_path / "log") as starting:
        wait_until(lambda: stage in starting.log)
        starting.process.send_signal(stop)
        assert starting.process.wait(STOP_SECONDS) == 0
        assert "Traceback" not in starting.log
