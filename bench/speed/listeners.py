"""Several listeners at once: the time to the first sound, and the gaps that they hear."""

from contextlib import AbstractContextManager, nullcontext
from functools import partial

import numpy as np

from bench.report import Table
from bench.speed.client import Heard, all_at_once, listen
from bench.speed.plan import Measured, Plan, interleaved, note
from bench.speed.probe import probing
from bench.speed.servers import both_and_peers
from bench.speed.texts import PASSAGES

COUNTS = (1, 2, 4, 8)
QUICK_COUNTS = (1, 2)
AUDIBLE_GAP = 0.05


def measure(plan: Plan) -> Measured:
    """Start growing numbers of listeners together; probe `/health` during the largest."""
    counts = QUICK_COUNTS if plan.is_quick else COUNTS
    measured = []
    with both_and_peers(plan) as urls:
        for count in counts:
            heard: dict[str, list[Heard]] = {name: [] for name in urls}
            waits: dict[str, list[float]] = {name: [] for name in urls}
            for name in interleaved(urls, plan.rounds):
                url = urls[name]
                jobs = [partial(listen, url, text, is_streamed=True) for text in PASSAGES[:count]]
                probe: AbstractContextManager[object] = nullcontext()
                if count == counts[-1]:
                    probe = probing(url, waits[name])
                with probe:
                    heard[name] += all_at_once(jobs)
                note(f"{count} listeners, {name}: {_row(heard[name])}")
            measured += [
                {
                    "server": name,
                    "listeners": count,
                    "heard": [each.figures() for each in heard[name]],
                    "health": _summary(waits[name]),
                }
                for name in urls
            ]
    return measured


def tables(measured: Measured) -> list[Table]:
    """Return percentiles of the first sound, the gaps, and the times of `/health`."""
    title = "Simultaneous listeners, all rounds together"
    header = ["", "listeners", "first sound p50 s", "p95 s", "p99 s", "hear a gap", "worst gap s"]
    rows = [
        [each["server"], each["listeners"], *_row([Heard(**heard) for heard in each["heard"]])]
        for each in measured
    ]
    probed = [each for each in measured if each["health"]]
    health_title = f"`/health` while {probed[0]['listeners']} listen, asked every 20 ms"
    health_rows = [
        [each["server"], each["health"]["probes"]]
        + [f"{1000 * each['health'][name]:.0f}" for name in ("p50", "p99", "worst")]
        for each in probed
    ]
    health_header = ["", "probes", "p50 ms", "p99 ms", "worst ms"]
    return [Table(title, header, rows), Table(health_title, health_header, health_rows)]


def percentiles(values: list[float], *shares: float) -> list[float]:
    """Return the percentiles of `values` for the given percentages, by nearest rank."""
    return [float(value) for value in np.percentile(values, shares, method="inverted_cdf")]


def _row(heard: list[Heard]) -> list[str]:
    firsts = percentiles([each.first for each in heard], 50, 95, 99)
    gaps = [each.gap for each in heard]
    hear_a_gap = sum(gap > AUDIBLE_GAP for gap in gaps)
    return [*(f"{f:.2f}" for f in firsts), f"{hear_a_gap} of {len(heard)}", f"{max(gaps):.2f}"]


def _summary(waits: list[float]) -> dict[str, float]:
    if not waits:
        return {}
    middle, high = percentiles(waits, 50, 99)
    return {"probes": len(waits), "p50": middle, "p99": high, "worst": max(waits)}
