"""The application with an engine that speaks each word as a tone, long enough to be watched."""

import time

import numpy as np

from app import create_app
from app.tts.errors import InferenceError
from app.tts.types import SAMPLE_RATE, Samples
from tests.fakes import Request, WordEngine

WORD_SECONDS = 0.25


class ToneEngine(WordEngine):
    """Speaks each word as a tone of 250 ms, long words louder; some words are instructions.

    `slow` takes half a second to make, and at `breakdown` inference fails.
    """

    def before_word(self, word: str, request: Request) -> None:
        if word == "slow":
            time.sleep(0.5)
        if word == "breakdown":
            raise InferenceError("The graph fell apart.")

    def sound(self, word: str, start: int) -> Samples:
        times = np.arange(start, start + WORD_SECONDS * SAMPLE_RATE) / SAMPLE_RATE
        return min(len(word), 9) / 10 * np.sin(2 * np.pi * 440 * times).astype(np.float32)


app = create_app(engine=ToneEngine())
