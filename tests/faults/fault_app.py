"""The application with an engine that fails in every way an engine may."""

import os
from pathlib import Path

import numpy as np
from gevent import monkey

from app import create_app
from app.scheduling import watchdog
from app.tts.errors import InferenceError, Stopped
from app.tts.stop import StopSignal
from app.tts.types import SAMPLE_RATE, Samples
from tests.fakes import Request, WordEngine
from tests.faults.broken_while import BROKEN_WHILE

WORD_SECONDS = 0.25

sleep = monkey.get_original("time", "sleep")
"""gevent's own would set up an event loop in each native thread that sleeps."""


class FaultyEngine(WordEngine):
    """Speaks each word as a tone of its own pitch; some words are instructions.

    At `breakdown` inference fails, at `bug` the engine; `nan` is sound that is not finite.
    `endless` goes on until it is stopped, `deaf` even then. `slow` takes half a second.
    """

    def before_word(self, word: str, request: Request) -> None:
        _require_whole()
        _do_as_it_says(word, request.stop)

    def sound(self, word: str, start: int) -> Samples:
        return _tone(word)

    def warm_up(self) -> None:
        _require_whole()


def _require_whole() -> None:
    if Path(os.environ.get(BROKEN_WHILE, "/nonexistent")).exists():
        raise InferenceError("Nothing works.")


def _do_as_it_says(word: str, stop: StopSignal) -> None:
    if word == "breakdown":
        raise InferenceError("The graph fell apart.")
    if word == "bug":
        raise ZeroDivisionError("A bug.")
    if word == "slow":
        sleep(0.5)
    while word == "deaf" or (word == "endless" and not stop.is_set):
        sleep(0.1)
    if word == "endless":
        raise Stopped


def _tone(word: str) -> Samples:
    times = np.arange(WORD_SECONDS * SAMPLE_RATE) / SAMPLE_RATE
    frequency = 200 + sum(map(ord, word)) % 997
    sound = 0.5 * np.sin(2 * np.pi * frequency * times).astype(np.float32)
    if word == "nan":
        sound[len(sound) // 2] = np.nan
    return sound


watchdog.LEAST_CHUNK_SECONDS = 0.0

app = create_app(engine=FaultyEngine())
