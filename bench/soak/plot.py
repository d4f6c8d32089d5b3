"""A plot of the server's resources during a soak test."""

from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

from bench.soak.summary import FIGURES, Soak

POINTS = 600
"""Most points in the plot; more would not be visible."""


def plot_holdings(soak: Soak, path: Path) -> None:
    """Draw the resident set, the descriptors and the threads over time, as SVG."""
    # Keep letters as text, and write the same file for the same figures.
    mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "soak"})
    figure = Figure(figsize=(9, 6), layout="constrained")
    panels = figure.subplots(len(FIGURES), sharex=True)
    shown = soak.samples[:: max(1, len(soak.samples) // POINTS)]
    minutes = [soak.time_of(sample) / 60 for sample in shown]
    for axes, (name, value) in zip(panels, FIGURES.items(), strict=True):
        axes.plot(minutes, [value(sample) for sample in shown], linewidth=1)
        axes.set_title(name[0].upper() + name[1:], loc="left")
        axes.set_ylim(bottom=0)
        axes.grid(axis="y", alpha=0.3)
        axes.spines[["top", "right"]].set_visible(False)
    panels[-1].set_xlabel("minutes")
    panels[-1].set_xlim(left=0)
    figure.savefig(path, format="svg", metadata={"Date": None})
