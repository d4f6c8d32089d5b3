"""Asks for a server's health all the time, from a process of its own."""

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
    """Add to `waits` the seconds that each reply of `path` took while the context lasted."""
    # The benchmark's own threads would delay a probe that shared their interpreter. Spawned, for
    # a fork of a process with threads can hang.
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
        # A new connection each time, as load balancers do.
        connection = http.client.HTTPConnection(urlsplit(url).netloc)
        connection.request("GET", path)
        connection.getresponse().read()
        connection.close()
        waits.append(time.perf_counter() - started)
    pipe.send(waits)
