"""The engine and the listener for benchmarks of how speech sounds."""

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
    """A listener who has no audio left, and so gets speech in the shortest windows."""

    ran_dry = False

    def patience(self) -> float:
        """Return the seconds within which the next chunk is due."""
        return 0.0

    def sharers(self) -> float:
        """Return 1, because there is no other listener."""
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
    """Load the engine with a vocoder, and without a cache, so that each sentence is spoken again.

    `precision` is the server's KOKORO_PRECISION; `int8` is the model file as it is.
    """
    # In the environment, so that it also applies to processes that are started from here.
    os.environ.update(KOKORO_VOCODER=vocoder, KOKORO_PRECISION=precision, KOKORO_CACHE_MB="0")
    return load_engine(Settings.load())
