"""Checks that a server has recovered: it speaks as before, and holds no more than before."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psutil
import requests

from tests.exposition import Scrape
from tests.faults.observe import Holdings, holdings, workers
from tests.servers import Server

RECOVERY_SECONDS = 15
"""Time within which a server answers correctly again after any fault."""

SETTLING_SECONDS = 60
"""Time that a busy machine may need to close cut connections; a limit, not a promise."""

SPARE_MEGABYTES = 64
"""Memory that allocators may keep after a rush."""

SPARE_THREADS = 1
"""Threads that a pool may start later: how many calls coincide is left to chance."""

SENTENCE = "The swallow flies over seven hills."


def alone(server: Server, text: str, **members: object) -> bytes:
    """Return the audio of `text`, made while no other client is served, for comparison."""
    reply = server.speak(text, **members)
    assert reply.status_code == 200, reply.text
    return reply.content


def alone_again(started: Server, text: str) -> bytes:
    """Return speech after the worker was killed, however long preparing the model takes."""
    started.wait_until_healthy()
    return alone(started, text)


def speaks_correctly(server: Server, expected: bytes) -> float:
    """Wait until the reply to `SENTENCE` is `expected` again, and return the seconds that took.

    Fails after `RECOVERY_SECONDS`, and at once if the audio is another's or cut short.
    """
    began = time.monotonic()
    trouble: object = None
    while time.monotonic() - began < RECOVERY_SECONDS:
        try:
            reply = server.speak(SENTENCE)
        except requests.ConnectionError as error:
            trouble = error
        else:
            waited = time.monotonic() - began
            if reply.status_code == 200 and waited < RECOVERY_SECONDS:
                assert reply.content == expected, "it speaks, but something else"
                return waited
            trouble = reply.text if reply.status_code != 200 else f"only after {waited:.1f} s"
        time.sleep(0.1)
    raise AssertionError(f"no speech within {RECOVERY_SECONDS} s: {trouble}\n{server.log}")


def at_rest(server: Server) -> Holdings:
    """Return what all workers hold together when they are idle and all their threads run."""

    def speak(number: int) -> int:
        text = f"{SENTENCE * 10} [pause:10s]"  # as a whole reply, it is long enough to go to disk
        return server.speak(text, stream=number % 2 == 0).status_code

    with ThreadPoolExecutor(8) as clients:
        assert set(clients.map(speak, range(24))) <= {200, 429}
    wait_for(lambda: is_idle(server), server)
    return _settled(server)


def wait_until_settled(
    server: Server,
    before: Holdings,
    spare_megabytes: float = SPARE_MEGABYTES,
) -> None:
    """Wait until no request works or waits, and the workers hold no more than `before`."""

    def is_settled() -> bool:
        now = _total(server)
        return (
            is_idle(server)
            and now.threads <= before.threads + SPARE_THREADS
            and now.descriptors <= before.descriptors
            and now.resident_megabytes <= before.resident_megabytes + spare_megabytes
        )

    wait_for(is_settled, server, lambda: f"{before} before, now {_total(server)}")


@contextmanager
def unharmed(server: Server, spare_megabytes: float = SPARE_MEGABYTES) -> Iterator[None]:
    """Check that whatever happens in the context leaves the server as it was."""
    expected = alone(server, SENTENCE)
    before = at_rest(server)
    yield
    speaks_correctly(server, expected)
    wait_until_settled(server, before, spare_megabytes)


def is_idle(server: Server) -> bool:
    """Return whether no request works or waits."""
    return working_and_waiting(server) == (0, 0)


def working_and_waiting(server: Server) -> tuple[float, float]:
    """Return how many requests work and how many wait, by `/metrics`."""
    scrape = scraped(server)
    return scrape.value("kokoro_busy_workers"), scrape.value("kokoro_queue_length")


def scraped(server: Server) -> Scrape:
    """Return what `/metrics` shows."""
    return Scrape(requests.get(f"{server.url}/metrics", timeout=10).text)


def wait_for(
    condition: Callable[[], object],
    server: Server,
    report: Callable[[], str] = lambda: "it did not happen",
    seconds: float = SETTLING_SECONDS,
) -> None:
    """Wait until `condition` holds; fail with `report` and the server's log after `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"{report()}\n{server.log}"
        time.sleep(0.1)


def _total(server: Server) -> Holdings:
    try:
        each = [holdings(worker) for worker in workers(server)]
    except psutil.NoSuchProcess:  # a worker has just ended; ask again
        return _total(server)
    return Holdings(
        sum(held.threads for held in each),
        sum(held.descriptors for held in each),
        sum(held.resident_megabytes for held in each),
    )


def _settled(server: Server) -> Holdings:
    """Return what the workers hold once that has stopped changing."""
    last = _total(server)
    unchanged = 0
    deadline = time.monotonic() + SETTLING_SECONDS
    while unchanged < 5:
        assert time.monotonic() < deadline, f"it does not settle: {last}"
        time.sleep(0.1)
        now = _total(server)
        is_same = (now.threads, now.descriptors) == (last.threads, last.descriptors)
        unchanged = unchanged + 1 if is_same else 0
        last = now
    return last
