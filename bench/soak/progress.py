"""The progress of a soak test on the terminal."""

import sys

import click

from bench.soak.observer import Sample
from bench.soak.tally import Tally


class Progress:
    """A line that is rewritten every second on a terminal; elsewhere, a line every minute."""

    def __init__(self, seconds: float, tally: Tally) -> None:
        self._seconds = seconds
        self._tally = tally
        self._is_terminal = sys.stderr.isatty()
        self._faults_shown = 0
        self._lines_shown = 0

    def show(self, sample: Sample, elapsed: float) -> None:
        """Show the state and any new faults, `elapsed` seconds after the start."""
        self._show_faults()
        line = self._line(sample, elapsed)
        if self._is_terminal:
            click.echo(f"\r\x1b[K{line}", err=True, nl=False)
        elif elapsed >= 60 * self._lines_shown:
            self._lines_shown += 1
            click.echo(line, err=True)

    def end(self) -> None:
        """Show the remaining faults, and end the line."""
        self._show_faults()
        if self._is_terminal:
            click.echo(err=True)

    def _show_faults(self) -> None:
        new = self._tally.faults[self._faults_shown :]
        self._faults_shown += len(new)
        for fault in new:
            click.echo(f"\r\x1b[K{fault}" if self._is_terminal else fault, err=True)

    def _line(self, sample: Sample, elapsed: float) -> str:
        held = sample.holdings
        parts = [
            f"{_clock(elapsed)} of {_clock(self._seconds)}",
            f"{self._tally.total} requests",
            f"{len(self._tally.faults)} wrong",
            f"{held.resident / 1e6:.0f} MB",
            f"{held.descriptors} descriptors",
            f"{held.threads} threads",
        ]
        if sample.counts:
            parts.append(f"{sample.counts.busy} busy, {sample.counts.waiting} waiting")
        live = "no answer" if sample.live is None else f"{1000 * sample.live:.0f} ms"
        return ", ".join([*parts, f"live: {live}"])


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"
