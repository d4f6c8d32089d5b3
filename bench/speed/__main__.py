"""The command line of the speed benchmark."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from bench.report import RESULTS, Table, document, machine
from bench.speed import halves, interrupting, listeners, memory, single, throughput, vocoder
from bench.speed.plan import Measured, Plan, note
from bench.speed.plot import plot_listeners


@dataclass(frozen=True)
class Part:
    """One part of the benchmark."""

    measure: Callable[[Plan], Measured]
    tables: Callable[[Measured], list[Table]]


PARTS = {
    "single": Part(single.measure, single.tables),
    "listeners": Part(listeners.measure, listeners.tables),
    "interrupting": Part(interrupting.measure, interrupting.tables),
    "throughput": Part(throughput.measure, throughput.tables),
    "memory": Part(memory.measure, memory.tables),
    "vocoder": Part(vocoder.measure, vocoder.tables),
    "halves": Part(halves.measure, halves.tables),
}


def _parse_peers(
    context: click.Context, option: click.Parameter, values: tuple[str, ...]
) -> dict[str, str]:
    if not all("=http://" in value for value in values):
        raise click.BadParameter("it must be NAME=http://HOST:PORT")
    return dict(value.split("=", 1) for value in values)


@click.command()
@click.option(
    "--peer",
    "peers",
    multiple=True,
    metavar="NAME=URL",
    callback=_parse_peers,
    help="Another server to measure, which runs and speaks OpenAI's API; may be repeated.",
)
@click.option(
    "--only",
    multiple=True,
    type=click.Choice(list(PARTS)),
    help="Run this part, and keep the others as they are; may be repeated.",
)
@click.option(
    "--rounds",
    type=click.IntRange(1),
    default=2,
    show_default=True,
    help="How often each thing is measured; short texts twice as often.",
)
@click.option("--quick", is_flag=True, help="One round of shorter parts, which is not written.")
@click.option(
    "--results",
    type=click.Path(file_okay=False, path_type=Path),
    help=f"Folder to write to.  [default: {RESULTS.name} beside this script; with --quick, none]",
)
def main(
    peers: dict[str, str], only: tuple[str, ...], rounds: int, quick: bool, results: Path | None
) -> None:
    """Measure how soon and how fast the server speaks, and write tables, JSON and a picture."""
    plan = Plan(1 if quick else rounds, quick, peers)
    folder = results or (None if quick else RESULTS)
    report: dict[str, Any] = _earlier(folder) if only else {}
    for name in only or PARTS:
        note(f"== {name}")
        started = date.today().isoformat()
        measured = PARTS[name].measure(plan)
        report[name] = {"date": started, "machine": machine(), "measured": measured}
    text = _text(report)
    if folder:
        _write(folder, report, text)
    click.echo(text)


def _earlier(folder: Path | None) -> dict[str, Any]:
    file = folder and folder / "speed.json"
    return dict(json.loads(file.read_text())) if file and file.exists() else {}


def _text(report: dict[str, Any]) -> str:
    tables = [
        table
        for name, part in PARTS.items()
        if name in report
        for table in part.tables(report[name]["measured"])
    ]
    return document("Speed", *tables)


def _write(folder: Path, report: dict[str, Any], text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "speed.json").write_text(json.dumps(report, indent=1) + "\n")
    (folder / "speed.md").write_text(text)
    if "listeners" in report:
        plot_listeners(report["listeners"]["measured"], folder / "listeners.svg")


if __name__ == "__main__":
    main()
