"""The wait of a short request that comes while a long one is spoken."""

import time
from statistics import median

from bench.report import Table
from bench.speed.client import Request, listen
from bench.speed.plan import Measured, Plan, interleaved, note
from bench.speed.servers import both_and_peers
from bench.speed.texts import INTERRUPTION, WORD, long_text

SECONDS_BEFORE = 2.0
"""Seconds of the long request before the short one comes."""

PATIENCE = 60.0
QUICK_PATIENCE = 5.0
"""Seconds after which the listener gives up."""

IDLE_WITHIN = 600.0


def measure(plan: Plan) -> Measured:
    """Interrupt a long request, streamed or whole, with a short streamed one."""
    patience = QUICK_PATIENCE if plan.is_quick else PATIENCE
    waits: dict[tuple[str, bool], list[float | None]] = {}
    with both_and_peers(plan) as urls:
        usual = {name: _usual(url) for name, url in urls.items()}
        situations = [(name, is_streamed) for is_streamed in (True, False) for name in urls]
        for situation in interleaved(situations, plan.rounds):
            measurements = waits.setdefault(situation, [])
            if None in measurements:  # once is enough
                continue
            name, is_streamed = situation
            measurements.append(_interrupt(urls[name], patience, is_streamed=is_streamed))
            note(f"interrupting {name}, {_kind(is_streamed)}: {measurements[-1] or 'too long'}")
            _wait_until_idle(urls[name], usual[name])
    return [
        {"server": name, "long": _kind(is_streamed), "patience": patience, "first": firsts}
        for (name, is_streamed), firsts in waits.items()
    ]


def tables(measured: Measured) -> list[Table]:
    """Return the median and the longest wait, or that the listener gave up."""

    def cells(firsts: list[float | None], patience: float) -> list[str]:
        waited = [patience if first is None else first for first in firsts]
        return [
            f"over {patience:.0f}" if wait >= patience else f"{wait:.2f}"
            for wait in (median(waited), max(waited))
        ]

    title = "A short request 2 s after one of 4,096 characters: seconds to its first sound"
    header = ["", "the long one is", "rounds", "median", "worst"]
    rows = [
        [each["server"], each["long"], len(each["first"]), *cells(each["first"], each["patience"])]
        for each in measured
    ]
    return [Table(title, header, rows)]


def _interrupt(url: str, patience: float, *, is_streamed: bool) -> float | None:
    """Return the short request's wait for its first sound; None if that is too long."""
    with Request(url, long_text(), is_streamed=is_streamed) as long_one:
        long_one.hear_aside()
        time.sleep(SECONDS_BEFORE)
        if not long_one.is_heard_aside():
            raise RuntimeError(f"{url} does not speak {len(long_text())} characters")
        try:
            with Request(url, INTERRUPTION, is_streamed=True, patience=patience) as short_one:
                return short_one.hear_first()
        except TimeoutError:
            return None


def _usual(url: str) -> float:
    return median(listen(url, WORD, is_streamed=False).total for _ in range(3))


def _wait_until_idle(url: str, usual: float) -> None:
    """Wait until a word takes about as long as usual, because the long request has ended."""
    deadline = time.monotonic() + IDLE_WITHIN
    while listen(url, WORD, is_streamed=False).total > 2 * usual:
        if time.monotonic() > deadline:
            raise RuntimeError(f"{url} is still busy with a request that was given up")
        time.sleep(1)


def _kind(is_streamed: bool) -> str:
    return "streamed" if is_streamed else "whole"
