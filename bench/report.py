"""Writes the tables of a benchmark, for comparison with later ones."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Table:
    """A table in Markdown, under a heading if it has a title."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[object]]

    def __str__(self) -> str:
        heading = [f"## {self.title}", ""] if self.title else []
        lines = [self.header, ["---"] * len(self.header), *self.rows]
        return "\n".join([*heading, *("| " + " | ".join(map(str, row)) + " |" for row in lines)])


def machine() -> str:
    """Return the processor's name, the usable cores and Python's version."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [
            line.split(":", 1)[1].strip()
            for line in cpuinfo.read_text().splitlines()
            if line.startswith("model name")
        ]
        model = names[0] if names else model
    return f"{model}, {len(os.sched_getaffinity(0))} cores, Python {platform.python_version()}"


def document(title: str, *parts: object) -> str:
    """Return Markdown of tables and paragraphs under a title, the date and the machine."""
    head = [f"# {title}", f"{date.today()}, {machine()}."]
    return "\n\n".join([*head, *map(str, parts)]) + "\n"


def publish(name: str, title: str, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table and write it to `results/NAME.md`."""
    text = document(title, Table("", header, rows))
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.md").write_text(text)
    print(text)
