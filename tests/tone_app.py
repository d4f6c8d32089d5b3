"""The application with an engine that says each word as a tone, long enough to be watched."""

import time
from collections.abc import Iterator

import numpy as np

from app import create_app
from app.tts.errors import InferenceError
from app.tts.stop import StopSignal
from app.tts.types import SAMPLE_RATE, AudioChunk, Listener, SynthesisOptions, TimedWord

WORD_SECONDS = 0.25


class ToneEngine:
    """Says each word of the text as a tone of 250 ms, long ones louder; some words do as they say.

    `slow` takes half a second to be made, and at `breakdown` inference fails.
    """

    def synthesize(
        self,
        text: str,
        options: SynthesisOptions,
        listener: Listener | None = None,
        stop: StopSignal | None = None,
    ) -> Iterator[AudioChunk]:
        words = text.split()
        for number, word in enumerate(words):
            if word == "slow":
                time.sleep(0.5)
            if word == "breakdown":
                raise InferenceError("The graph fell apart.")
            begin, end = number * WORD_SECONDS, (number + 1) * WORD_SECONDS
            times = np.arange(begin * SAMPLE_RATE, end * SAMPLE_RATE) / SAMPLE_RATE
            samples = min(len(word), 9) / 10 * np.sin(2 * np.pi * 440 * times).astype(np.float32)
            said = (TimedWord(word, begin, end),) if options.timestamps else ()
            yield AudioChunk(samples, number + 1 == len(words), said)

    def warm_up(self) -> None:
        pass


app = create_app(engine=ToneEngine())
