"""The engine as benchmarks of its sound load it, and the listener they give it."""

import os
from collections.abc import Callable
from typing import Any

import click

from app.loading.engine import load_engine
from app.settings import Settings
from app.tts.engine import KokoroEngine

DEFAULT_VOCODER = "auto"
VOCODERS = (DEFAULT_VOCODER, "native", "onnxruntime")


class Waiting:
    """A listener who has no audio left, so that speech comes in the shortest windows."""

    ran_dry = False

    def patience(self) -> float:
        """Return the seconds that the next chunk may take."""
        return 0.0

    def sharers(self) -> float:
        """Nobody else is served."""
        return 1.0


def vocoder_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option `--vocoder`."""
    return click.option(
        "--vocoder",
        type=click.Choice(VOCODERS),
        default=DEFAULT_VOCODER,
        show_default=True,
        help="The server's KOKORO_VOCODER; results are written for the default only.",
    )(command)


def engine_to_listen_to(vocoder: str, precision: str = "auto") -> KokoroEngine:
    """Load the engine with a vocoder, and without a cache: each sentence is spoken anew.

    `precision` is the server's KOKORO_PRECISION: `int8` is the model file as it is.
    """
    # In the environment, so that it holds for processes that are started from here as well.
    os.environ.update(KOKORO_VOCODER=vocoder, KOKORO_PRECISION=precision, KOKORO_CACHE_MB="0")
    return load_engine(Settings.load())
