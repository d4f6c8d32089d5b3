"""Progress on the terminal, and work that ends with a line for its error or with its signal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from app.commands.speech_errors import errors_in_one_line
from app.server import stop_signals

if TYPE_CHECKING:
    from app.loading.model_files import ProgressBar
    from app.tts.prepare.process import PreparingProcess

T = TypeVar("T")


def run_with_progress(work: "Callable[[ProgressBar, PreparingProcess], T]") -> T:
    """Return the result of `work`, which may draw progress bars; a signal ends it."""
    from app.tts.prepare.process import PreparingProcess

    preparing = PreparingProcess()

    def run() -> T:
        with _progress_bars() as progress_bar:
            return work(progress_bar, preparing)

    with errors_in_one_line():
        return stop_signals.run_until_stopped(run, preparing.stop)


@contextmanager
def _progress_bars() -> "Iterator[ProgressBar]":
    """Make progress bars by name, each drawn from its first progress on."""
    with ExitStack() as stack:

        def progress_bar(label: str) -> Callable[[int, int], None]:
            bars: list[Any] = []

            def progress(done: int, total: int) -> None:
                if not bars:
                    bar = click.progressbar(length=total, label=label, file=sys.stderr)
                    bars.append(stack.enter_context(bar))
                bars[0].update(done - bars[0].pos)

            return progress

        yield progress_bar


@contextmanager
def progress_line() -> Iterator[Callable[[str], None]]:
    """Show a line on the terminal, each in place of the one before; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda line: None
        return
    try:
        yield lambda line: click.echo(f"\r{line}", nl=False, err=True)
    finally:
        click.echo("\r\x1b[K", nl=False, err=True)
