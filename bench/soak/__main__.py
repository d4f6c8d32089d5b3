"""The command line of the soak test."""

import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

import click
import requests

from app.settings import EXTRA_FORMATS
from bench.report import RESULTS, document
from bench.soak.client import Client
from bench.soak.observer import ENDS, Sample, observing
from bench.soak.plan import Script
from bench.soak.plot import plot_holdings
from bench.soak.progress import Progress
from bench.soak.summary import Soak, tables
from bench.soak.tally import Tally
from bench.soak.texts import installed_sentences
from tests.servers import Server, free_port, server

WORTH_WRITING = 10.0
"""Least minutes for results to be written."""

FINISH_SECONDS = 120.0
"""Time that requests in progress have to finish at the end."""

REST_SECONDS = 10.0
"""Time after which idle connections are closed and nothing is left to do."""

# In its own process group: Ctrl-C at a terminal would otherwise end the server at once.
_APART = (
    "import os, runpy; os.setpgrp(); "
    "runpy.run_module('gunicorn', run_name='__main__', alter_sys=True)"
)
_DEFAULTS = {"KOKORO_WORKERS": "2", "LOG_LEVEL": "warning"}


@click.command()
@click.option("--minutes", type=click.FloatRange(0.5), default=30.0, show_default=True)
@click.option("--clients", type=click.IntRange(1, 64), default=8, show_default=True)
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same requests.")
@click.option(
    "--write", is_flag=True, help=f"Write results even of less than {WORTH_WRITING:.0f} minutes."
)
def main(minutes: float, clients: int, seed: int, write: bool) -> None:
    """Let clients do everything that clients do, and watch the server's resources meanwhile.

    The server takes its settings from the environment. The exit status is 1 if a reply was wrong.
    """
    # The server, in its own process group, would otherwise outlive a terminal that is closed.
    for end in ENDS:
        signal.signal(end, signal.default_int_handler)
    with _server() as running:
        soak, is_shortened = _run(running, minutes, clients, seed)
        if soak.tally.faults:
            click.echo(f"The server's log ends:\n{running.log[-3000:]}", err=True)
    title = "Soak, shortened" if is_shortened else "Soak"
    how = (
        f"{clients} clients for {soak.seconds / 60:.3g} minutes, seed {seed}, "
        f"KOKORO_WORKERS={_environ()['KOKORO_WORKERS']}."
    )
    text = document(title, how, *tables(soak))
    if write or soak.seconds >= 60 * WORTH_WRITING:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / "soak.md").write_text(text)
        plot_holdings(soak, RESULTS / "soak.svg")
    click.echo(text)
    sys.exit(1 if soak.tally.faults else 0)


def _environ() -> dict[str, str]:
    ours = {name: os.environ.get(name) or value for name, value in _DEFAULTS.items()}
    return {**ours, "KOKORO_EXTRA_FORMATS": ",".join(EXTRA_FORMATS), "HOST": "127.0.0.1"}


@contextmanager
def _server() -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, "-c", _APART, "wsgi:app"]
    with (
        tempfile.TemporaryDirectory() as folder,
        server(command, {**_environ(), "PORT": str(port)}, port, Path(folder) / "log") as running,
    ):
        running.wait_until_healthy()
        yield running


def _run(running: Server, minutes: float, clients: int, seed: int) -> tuple[Soak, bool]:
    """Return the results, and whether Ctrl-C ended the run early."""
    tally = Tally()
    progress = Progress(60 * minutes, tally)
    texts, voices = installed_sentences(), _voices(running)
    crowd = [
        Client(number, running.url, Script(number, seed, texts, voices), tally)
        for number in range(clients)
    ]
    samples: list[Sample] = []
    is_shortened = False
    with observing(running.url, running.process.pid) as pipe:
        ready = pipe.recv()
        for client in crowd:
            client.start()
        try:
            while not samples or samples[-1].at - ready.at < 60 * minutes:
                samples.append(pipe.recv())
                progress.show(samples[-1], samples[-1].at - ready.at)
            _let_finish(crowd)
        except KeyboardInterrupt:
            is_shortened = True
            # The rest takes seconds, and signals to a whole group may come twice.
            for end in ENDS:
                signal.signal(end, signal.SIG_IGN)
            for client in crowd:
                client.hang_up()
        progress.end()
        rest = _at_rest(pipe)
    return Soak(ready, samples, rest, tally), is_shortened


def _voices(running: Server) -> dict[str, list[str]]:
    """Return the ids of the voices of each language, by BCP 47 tag."""
    listed = requests.get(f"{running.url}/v1/audio/voices", timeout=60).json()["voices"]
    voices: dict[str, list[str]] = {}
    for voice in listed:
        voices.setdefault(voice["language"], []).append(voice["id"])
    return voices


def _let_finish(crowd: Sequence[Client]) -> None:
    for client in crowd:
        client.finish()
    deadline = time.monotonic() + FINISH_SECONDS
    for client in crowd:
        client.join(max(0.0, deadline - time.monotonic()))
    for client in crowd:
        client.hang_up()


def _at_rest(pipe: "Connection[object, Sample]") -> Sample:
    began = time.monotonic()
    while True:
        sample = pipe.recv()
        if sample.at - began > REST_SECONDS:
            return sample


if __name__ == "__main__":
    main()
