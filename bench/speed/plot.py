"""A plot of the waits and gaps of simultaneous listeners."""

from pathlib import Path
from statistics import median

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bench.speed.plan import Measured


def plot_listeners(measured: Measured, path: Path) -> None:
    """Draw the time to the first sound and the gaps over the number of listeners, as SVG."""
    # Keep letters as text, and write the same file for the same figures.
    mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "listeners"})
    figure = Figure(figsize=(9, 3.6), layout="constrained")
    first, gap = figure.subplots(1, 2)
    _draw(first, measured, "first")
    first.set_title("Seconds to the first sound")
    _draw(gap, measured, "gap")
    gap.set_title("Seconds of silence in the middle")
    handles, labels = first.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=2, frameon=False)
    figure.savefig(path, format="svg", metadata={"Date": None})


def _draw(axes: Axes, measured: Measured, figure: str) -> None:
    """Draw each server's median as a line, and the range up to the worst as a band."""
    counts = sorted({each["listeners"] for each in measured})
    for name in dict.fromkeys(each["server"] for each in measured):
        by_count = {
            each["listeners"]: [heard[figure] for heard in each["heard"]]
            for each in measured
            if each["server"] == name
        }
        middle = [median(by_count[count]) for count in counts]
        worst = [max(by_count[count]) for count in counts]
        (line,) = axes.plot(counts, middle, marker="o", label=name)
        axes.fill_between(counts, middle, worst, color=line.get_color(), alpha=0.15, linewidth=0)
    axes.set_xscale("log", base=2)
    axes.set_xticks(counts, [str(count) for count in counts])
    axes.set_xlabel("listeners at once (line: median, shade: up to the worst)")
    axes.set_ylim(bottom=0)
    axes.grid(axis="y", alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)
