"""Probes a server's health continuously, from another process."""

import http.client
import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from urllib.parse import urlsplit

INTERVAL = 0.02


@contextmanager
def probing(url: str, waits: list[float], path: str = "/health") -> Iterator[None]:
    """Add to `waits` the seconds that each reply of `path` takes while the context lasts."""
    # In another process, because the benchmark's threads would delay it here. Spawned, because a
    # fork of a process with threads can hang.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_probe, args=(url, path, theirs), daemon=True)
    process.start()
    try:
        ours.recv()  # it has started
        yield
        ours.send("stop")
        waits += ours.recv()
        process.join()
    finally:
        process.terminate()


def _probe(url: str, path: str, pipe: "Connection[object, object]") -> None:
    waits = []
    pipe.send("started")
    while not pipe.poll(INTERVAL):
        started = time.perf_counter()
        # A new connection each time, like load balancers.
        connection = http.client.HTTPConnection(urlsplit(url).netloc)
        connection.request("GET", path)
        connection.getresponse().read()
        connection.close()
        waits.append(time.perf_counter() - started)
    pipe.send(waits)
