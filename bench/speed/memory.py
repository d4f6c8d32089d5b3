"""The memory of the server's processes while they speak hundreds of texts."""

import itertools
from collections.abc import Sequence
from functools import partial

import psutil

from bench.report import Table
from bench.speed.client import all_at_once, listen
from bench.speed.plan import Measured, Plan, note
from bench.speed.servers import running
from bench.speed.texts import unique_sentences
from tests.servers import Server

MILESTONES = (50, 200)
QUICK_MILESTONES = (2, 8)
CLIENTS = 4


def measure(plan: Plan) -> Measured:
    """Measure the processes when they are ready, and after numbers of requests for new texts."""
    texts = unique_sentences()
    done = 0
    with running() as server:
        measured = [_weigh(server, done)]
        for milestone in QUICK_MILESTONES if plan.is_quick else MILESTONES:
            _speak_all(server, list(itertools.islice(texts, milestone - done)))
            done = milestone
            measured.append(_weigh(server, done))
            note(f"memory: {measured[-1]}")
    return measured


def tables(measured: Measured) -> list[Table]:
    """Return the memory of each process, in megabytes."""
    rows = [
        [each["requests"], *(f"{each[process] / 1e6:.0f}" for process in ("worker", "master"))]
        for each in measured
    ]
    title = "Memory: resident set with the default settings"
    return [Table(title, ["after requests", "gunicorn's worker MB", "its master MB"], rows)]


def _weigh(server: Server, requests: int) -> dict[str, int]:
    master = psutil.Process(server.process.pid)
    workers = master.children(recursive=True)
    return {
        "requests": requests,
        "master": master.memory_info().rss,
        "worker": sum(worker.memory_info().rss for worker in workers),
    }


def _speak_all(server: Server, texts: Sequence[str]) -> None:
    def speak(share: Sequence[str]) -> None:
        for number, text in enumerate(share):
            listen(server.url, text, is_streamed=number % 2 == 0)

    all_at_once([partial(speak, texts[client::CLIENTS]) for client in range(CLIENTS)])
