"""Samples the server's resources and replies once a second, from another process."""

import http.client
import multiprocessing
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from urllib.parse import urlsplit

import psutil

from tests.exposition import Scrape

ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Signals that end a soak early."""

INTERVAL = 1.0
PATIENCE = 30.0


@dataclass(frozen=True)
class Holdings:
    """The resources of all gunicorn workers together."""

    pids: tuple[int, ...]
    resident: int
    """Bytes."""

    descriptors: int
    threads: int


@dataclass(frozen=True)
class Counts:
    """Figures from the server's `/metrics`."""

    busy: int
    waiting: int
    audio_seconds: float
    cache_hits: int
    cache_misses: int


@dataclass(frozen=True)
class Sample:
    """One observation of the server."""

    at: float
    """On the monotonic clock, in seconds."""

    holdings: Holdings
    counts: Counts | None
    """None if there was no answer."""

    live: float | None
    """Seconds that `/health/live` took; None if there was no answer."""


Samples = list[Sample]


@contextmanager
def observing(url: str, master: int) -> Iterator["Connection[object, Sample]"]:
    """Observe the server with this master process; samples come from the pipe."""
    # In another process, because the clients' threads would delay it here. Spawned, because a fork
    # of a process with threads can hang.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_observe, args=(url, master, theirs), daemon=True)
    process.start()
    theirs.close()  # so that its end is noticed
    try:
        yield ours
    finally:
        process.kill()
        process.join()


def _observe(url: str, master: int, pipe: "Connection[Sample, object]") -> None:
    # Stop signals are sent to the whole group, but only the process with the results handles them.
    for end in ENDS:
        signal.signal(end, signal.SIG_IGN)
    process = psutil.Process(master)
    began = time.monotonic()
    for number in range(1_000_000):
        time.sleep(max(0.0, began + number * INTERVAL - time.monotonic()))
        at = time.monotonic()
        live = _seconds_to_answer(url)
        pipe.send(Sample(at, _holdings(process), _counts(url), live))


def _holdings(master: psutil.Process) -> Holdings:
    pids, resident, descriptors, threads = [], 0, 0, 0
    with suppress(psutil.NoSuchProcess):  # it ended meanwhile
        for worker in master.children():
            with worker.oneshot():
                resident += worker.memory_info().rss
                descriptors += worker.num_fds()
                threads += worker.num_threads()
            pids.append(worker.pid)
    return Holdings(tuple(pids), resident, descriptors, threads)


def _seconds_to_answer(url: str) -> float | None:
    started = time.perf_counter()
    return None if _get(url, "/health/live") is None else time.perf_counter() - started


def _counts(url: str) -> Counts | None:
    text = _get(url, "/metrics")
    if text is None:
        return None
    scrape = Scrape(text)
    return Counts(
        busy=int(scrape.value("kokoro_busy_workers")),
        waiting=int(scrape.value("kokoro_queue_length")),
        audio_seconds=scrape.value("kokoro_audio_seconds_total"),
        cache_hits=int(scrape.value("kokoro_cache_hits_total")),
        cache_misses=int(scrape.value("kokoro_cache_misses_total")),
    )


def _get(url: str, path: str) -> str | None:
    """Return the body of a reply with status 200, on a new connection as load balancers use."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read().decode()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    return body if response.status == 200 else None
