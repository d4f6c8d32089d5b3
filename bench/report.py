"""Writes a benchmark's table where the next one can be compared with it."""

import os
import platform
from collections.abc import Sequence
from datetime import date
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


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


def publish(name: str, title: str, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table and write it to `results/NAME.md`."""
    lines = [f"# {title}", "", f"{date.today()}, {machine()}.", ""]
    table = [header, ["---"] * len(header), *rows]
    lines += ["| " + " | ".join(map(str, row)) + " |" for row in table]
    text = "\n".join(lines) + "\n"
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.md").write_text(text)
    print(text)
