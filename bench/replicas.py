"""Sizing: the capacity of a core, and the gain from more workers, processes or replicas."""

import os
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import cycle
from pathlib import Path
from statistics import median

import click
import requests

from bench.report import RESULTS, Table, document
from bench.speed.client import Heard, all_at_once, listen
from bench.speed.listeners import AUDIBLE_GAP, percentiles
from bench.speed.peers import Engine
from bench.speed.plan import interleaved, note
from bench.speed.probe import probing
from bench.speed.servers import NO_CACHE, OURS, running
from bench.speed.texts import MIXED, PASSAGES
from tests.deploy.nginx import running_nginx
from tests.servers import Server

ENGINE = "this project's engine in a script, one text after another"
ONE_CORE = "one gunicorn, on one core"
WHOLE = "one gunicorn"
ONE_RUN = "one gunicorn, KOKORO_WORKERS=1"
REPLICAS = "two gunicorns behind nginx, half of the cores each"

ROUNDS = 3
LISTENERS = (1, 2, 3, 4)
CLIENTS, QUEUE = 64, 8
CROWD_SECONDS = 30

Contender = Callable[[Sequence[str]], list[Heard]]


@click.command()
@click.option("--quick", is_flag=True, help="One round of shorter parts, which is not written.")
def main(quick: bool) -> None:
    """Measure throughput, listeners without gaps and probes under load, and write the tables."""
    with servers() as urls:
        tables = [
            throughput(urls, MIXED[:4] if quick else MIXED, 1 if quick else ROUNDS),
            listeners(urls, LISTENERS[:2] if quick else LISTENERS),
        ]
    tables.append(probes(5 if quick else CROWD_SECONDS))
    text = document("Sizing: cores, workers, processes and replicas", *tables)
    if not quick:
        (RESULTS / "replicas.md").write_text(text)
    click.echo(text)


@contextmanager
def servers() -> Iterator[dict[str, str]]:
    """Run all compared servers; yield their addresses."""
    cores = sorted(os.sched_getaffinity(0))
    half = max(1, len(cores) // 2)
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())

        def start(on: Sequence[int] = cores, **settings: str) -> Server:
            with restricted_to(on):
                return stack.enter_context(running(OURS, **NO_CACHE, **settings))

        replicas = [start(on, KOKORO_PROXIES="1") for on in (cores[:half], cores[-half:])]
        ports = [replica.port for replica in replicas]
        yield {
            ONE_CORE: start(cores[:1]).url,
            WHOLE: start().url,
            ONE_RUN: start(KOKORO_WORKERS="1").url,
            REPLICAS: stack.enter_context(running_nginx(Path(folder), ports)),
        }


@contextmanager
def restricted_to(cores: Sequence[int]) -> Iterator[None]:
    """Restrict processes that are started in the context to these cores."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def throughput(urls: dict[str, str], texts: Sequence[str], rounds: int) -> Table:
    """Let each contender in turn speak the same texts, and compare with the bare engine."""
    engine = Engine()
    contenders: dict[str, Contender] = {
        ENGINE: lambda texts: [engine.speak(text) for text in texts],
        **{name: partial(_together, url) for name, url in urls.items()},
    }
    for speak_all in contenders.values():
        speak_all(MIXED[:2])  # warms up, also both of two replicas
    rates: dict[str, list[float]] = {name: [] for name in contenders}
    for name in interleaved(contenders, rounds):
        started = time.perf_counter()
        audio = sum(heard.audio for heard in contenders[name](texts))
        rates[name].append(audio / (time.perf_counter() - started))
        note(f"{name}: {rates[name][-1]:.2f} s of audio a second")
    cores = len(os.sched_getaffinity(0))
    rows = [
        [
            name,
            f"{median(own):.2f}",
            f"{median(a / b for a, b in zip(own, rates[ENGINE], strict=True)):.2f}",
            f"{(1 if name == ONE_CORE else cores) / median(own):.2f}",
            int(median(own)),
        ]
        for name, own in rates.items()
    ]
    header = ["", "seconds of audio a second", "ratio to the engine"]
    header += ["seconds of one core for each second of audio", "listeners that it can keep up with"]
    return Table(f"{len(texts)} clients at once, unstreamed sentences", header, rows)


def _together(url: str, texts: Sequence[str]) -> list[Heard]:
    return all_at_once([partial(listen, url, text, is_streamed=False) for text in texts])


def listeners(urls: dict[str, str], counts: Sequence[int]) -> Table:
    """Start growing numbers of streams together, and count the listeners who hear a gap."""
    rows = []
    for count in counts:
        for name, url in urls.items():
            texts = PASSAGES[:count]
            heard = all_at_once([partial(listen, url, text, is_streamed=True) for text in texts])
            firsts, gaps = [each.first for each in heard], [each.gap for each in heard]
            with_gap = f"{sum(gap > AUDIBLE_GAP for gap in gaps)} of {count}"
            rows.append([name, count, f"{max(firsts):.2f}", with_gap, f"{max(gaps):.2f}"])
            note(f"{rows[-1]}")
    header = ["", "listeners", "last first sound s", "hear a gap", "worst gap s"]
    return Table("Streams that start together", header, rows)


def probes(seconds: float) -> Table:
    """Request `/health/live` while far more clients request speech than may wait."""
    waits: list[float] = []
    statuses: Counter[int] = Counter()
    with running(OURS, KOKORO_MAX_QUEUE=str(QUEUE), **NO_CACHE) as server:
        ends = time.monotonic() + seconds
        jobs = [
            partial(_insist, server, text, ends, statuses)
            for _, text in zip(range(CLIENTS), cycle(MIXED), strict=False)
        ]
        with probing(server.url, waits, "/health/live"):
            all_at_once(jobs)
    middle, high = percentiles(waits, 50, 99)
    row = [len(waits), *(f"{1000 * value:.0f}" for value in (middle, high, max(waits)))]
    row.append(", ".join(f"{count} of {status}" for status, count in sorted(statuses.items())))
    title = f"`/health/live` while {CLIENTS} clients ask against a queue of {QUEUE}, every 20 ms"
    return Table(title, ["probes", "p50 ms", "p99 ms", "worst ms", "replies to the clients"], [row])


def _insist(server: Server, text: str, ends: float, statuses: "Counter[int]") -> None:
    """Request speech repeatedly, with a pause after a refusal, and count the replies."""
    pause = threading.Event()
    while time.monotonic() < ends:
        reply = server.speak(text)
        statuses[reply.status_code] += 1
        if reply.status_code == requests.codes.too_many_requests:
            pause.wait(min(1.0, float(reply.headers["Retry-After"])))


if __name__ == "__main__":
    main()
