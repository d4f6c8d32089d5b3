"""A clock that jumps by a day harms no stream and no worker."""

import sys
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
import requests

from tests.faults.observe import only_worker
from tests.faults.recovery import alone, unharmed, wait_for
from tests.servers import Server, free_port, server

pytestmark = pytest.mark.needs("faketime")

FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)

DAY = 86_400
JUMPS = {"forward": DAY, "backward": -DAY}
TEXT = "slow " * 6
"""A text that takes three seconds to make: gunicorn checks its workers three times."""


GUNICORN = """
import runpy, time
from select import select
# If libfaketime leaves monotonic time alone, it breaks the system call that Python sleeps with.
time.sleep = lambda seconds: select([], [], [], seconds)
runpy.run_module("gunicorn", run_name="__main__", alter_sys=True)
"""


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file with the offset of the server's clock."""
    path = tmp_path_factory.mktemp("clock") / "offset"
    path.write_text("+0")
    return path


@pytest.fixture(scope="module")
def clocked_server(clock: Path) -> Iterator[Server]:
    """gunicorn with the engine of `fault_app` and a clock that can be set."""
    port = free_port()
    environ = {
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "LD_PRELOAD": str(FAKETIME),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_CACHE_DURATION": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "NO_FAKE_STAT": "1",
    }
    command = [sys.executable, "-c", GUNICORN, "tests.faults.fault_app:app"]
    with server(command, environ, port, clock.with_name("log")) as running:
        running.wait_until_healthy()
        yield running


@pytest.mark.parametrize("direction", JUMPS)
def test_a_clock_that_jumps_harms_neither_streams_nor_workers(
    clocked_server: Server, clock: Path, direction: str
) -> None:
    expected = alone(clocked_server, TEXT, response_format="pcm")
    worker = only_worker(clocked_server)
    with unharmed(clocked_server):
        heard = b""
        body = {"model": "tts-1", "input": TEXT, "voice": "af_heart", "response_format": "pcm"}
        url = f"{clocked_server.url}/v1/audio/speech"
        with requests.post(url, json=body, stream=True, timeout=60) as stream:
            for data in stream.iter_content(None):
                if not heard:
                    jump(clocked_server, clock, JUMPS[direction])
                heard += data
        assert heard == expected
        jump(clocked_server, clock, 0)
        assert alone(clocked_server, TEXT, response_format="pcm") == expected
        assert only_worker(clocked_server) == worker


def jump(clocked: Server, clock: Path, offset: int) -> None:
    """Set the server's clock to the true time plus `offset` seconds, and wait until it shows."""
    before = now(clocked)
    clock.write_text(f"{offset:+}")
    wait_for(lambda: abs(now(clocked) - before) > DAY / 2, clocked)
    assert requests.get(f"{clocked.url}/health/ready", timeout=10).status_code == 200


def now(clocked: Server) -> float:
    """Return the server's time, in seconds since 1970."""
    reply = requests.get(f"{clocked.url}/health/live", timeout=10)
    return parsedate_to_datetime(reply.headers["Date"]).timestamp()
