"""The results of a soak test, as tables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from bench.report import Table
from bench.soak.observer import Sample, Samples
from bench.soak.tally import Tally
from bench.speed.listeners import percentiles

SETTLED = 300.0
"""Seconds after which all languages are loaded and memory should no longer grow."""

WINDOW = 60.0
"""Length in seconds of the window whose median represents a moment."""

MEGABYTE = 1e6

Figure = Callable[[Sample], float]

FIGURES: dict[str, Figure] = {
    "resident set, MB": lambda sample: sample.holdings.resident / MEGABYTE,
    "descriptors": lambda sample: sample.holdings.descriptors,
    "threads": lambda sample: sample.holdings.threads,
}


@dataclass(frozen=True)
class Soak:
    """One run: a sample when the server is ready, samples under load, and one at rest."""

    ready: Sample
    samples: Samples
    rest: Sample
    tally: Tally

    @property
    def seconds(self) -> float:
        """Seconds under load."""
        return self.time_of(self.samples[-1])

    def time_of(self, sample: Sample) -> float:
        """Return the seconds since the server was ready."""
        return sample.at - self.ready.at

    @property
    def restarts(self) -> int:
        """Number of workers that replaced others."""
        pids = {pid for sample in [*self.samples, self.rest] for pid in sample.holdings.pids}
        return len(pids - set(self.ready.holdings.pids))


def tables(soak: Soak) -> list[Table]:
    """Return tables of the server's resources, its replies, and the outcomes of requests."""
    return [_held(soak), _told(soak), _requests(soak.tally)]


def _held(soak: Soak) -> Table:
    settled = min(SETTLED, soak.seconds / 2)
    window = min(WINDOW, soak.seconds / 4)
    rows = []
    for name, figure in FIGURES.items():
        early = _median(soak, figure, settled - window / 2, settled + window / 2)
        late = _median(soak, figure, soak.seconds - window, soak.seconds)
        highest = max(map(figure, soak.samples))
        values = [figure(soak.ready), early, late, highest, figure(soak.rest)]
        rows.append(
            [name, *(f"{value:.0f}" for value in values), f"{100 * late / early - 100:+.1f} %"]
        )
    header = [
        "of the worker process",
        "when ready",
        f"after {_minutes(settled)}",
        f"at the end ({_minutes(soak.seconds)})",
        "highest",
        "when all had left",
        f"end against {_minutes(settled)}",
    ]
    return Table(f"What it held (medians of {window:.0f} s)", header, rows)


def _median(soak: Soak, figure: Figure, begin: float, end: float) -> float:
    values = [figure(each) for each in soak.samples if begin <= soak.time_of(each) <= end]
    return median(values or [figure(soak.samples[-1])])


def _told(soak: Soak) -> Table:
    answers = [each.live for each in soak.samples if each.live is not None]
    middle, high = percentiles(answers, 50, 99) if answers else (0.0, 0.0)
    counts = [each.counts for each in [*soak.samples, soak.rest] if each.counts]
    rows: list[Sequence[object]] = [
        ["`/health/live`, p50", f"{1000 * middle:.0f} ms"],
        ["`/health/live`, p99", f"{1000 * high:.0f} ms"],
        ["`/health/live`, worst", f"{1000 * max(answers, default=0):.0f} ms"],
        [
            "`/health/live`, unanswered",
            f"{len(soak.samples) - len(answers)} of {len(soak.samples)}",
        ],
        ["workers started again", soak.restarts],
    ]
    if counts:
        last = counts[-1]
        sentences = last.cache_hits + last.cache_misses
        rows += [
            ["most requests waiting", max(each.waiting for each in counts)],
            ["busy and waiting when all had left", f"{last.busy} and {last.waiting}"],
            ["speech made", f"{last.audio_seconds:,.0f} s"],
            ["sentences from memory", f"{100 * last.cache_hits / max(1, sentences):.0f} %"],
        ]
    return Table("How it answered", ["", ""], rows)


def _requests(tally: Tally) -> Table:
    rows = [[outcome, f"{count:,}"] for outcome, count in sorted(tally.outcomes.items())]
    rows += [
        ["wrong", f"{len(tally.faults):,}"],
        ["all", f"{tally.total:,}"],
        ["speech heard to the end", f"{tally.heard_seconds:,.0f} s"],
    ]
    return Table("Requests", ["outcome", "requests"], rows)


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.3g} min"
