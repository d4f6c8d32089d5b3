"""Asks a server repeatedly whether it is alive, from a process of its own."""

import http.client
import json
import select
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.servers import PROJECT, Server

PAUSE_SECONDS = 0.01


class Waits:
    """Times that the answers took, once all have come."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    @property
    def p99_ms(self) -> float:
        """The 99th percentile, in milliseconds."""
        return round(statistics.quantiles(self.seconds, n=100)[-1] * 1000, 1)


@contextmanager
def probed(server: Server) -> Iterator[Waits]:
    """Probe a server while the context lasts."""
    waits = Waits()
    command = [sys.executable, "-m", "tests.faults.prober", str(server.port)]
    with subprocess.Popen(
        command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        yield waits
        told, _ = process.communicate(timeout=60)  # which also closes its input
    assert process.returncode == 0
    waits.seconds += json.loads(told)


def main(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    waits: list[float] = []
    print("begun", flush=True)
    while not select.select([sys.stdin], [], [], PAUSE_SECONDS)[0]:
        asked = time.monotonic()
        connection.request("GET", "/health/live")
        reply = connection.getresponse()
        assert reply.read()
        assert reply.status == 200
        waits.append(time.monotonic() - asked)
    print(json.dumps(waits))


if __name__ == "__main__":
    main(int(sys.argv[1]))
