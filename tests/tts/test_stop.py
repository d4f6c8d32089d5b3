"""Speech can be stopped from outside, between its pieces and in the middle of a run."""

import threading
import time

import numpy as np
import pytest

from app.tts.build_engine import build_engine
from app.tts.errors import Stopped
from app.tts.model.assets import ModelFile
from app.tts.model.session import KokoroSession
from app.tts.model.speech_model import ModelRun
from app.tts.model.split_model import SplitModel
from app.tts.stop import StopSignal
from app.tts.types import SynthesisOptions
from app.tts.voices.pack import CATALOGUE, VoicePack
from tests.conftest import TINY_VOICE


def test_a_run_that_was_stopped_before_it_began_is_not_made() -> None:
    stop = StopSignal()
    session = KokoroSession(TINY_VOICE)
    style = np.ones((1, 256), np.float32)
    assert session.speak([5], style, 1.0, stop).size
    stop.set()
    with pytest.raises(Stopped):
        session.speak([5], style, 1.0, stop)


def test_runs_give_their_memory_back() -> None:
    entry = "memory.enable_memory_arena_shrinkage"
    assert StopSignal().run_options.get_run_config_entry(entry) == "cpu:0"


def test_a_synthesis_ends_at_its_next_piece_and_the_engine_speaks_on_for_others() -> None:
    engine = build_engine(ModelFile("tests", TINY_VOICE, ""), cache_bytes=1 << 20)
    options = SynthesisOptions("ef_dora")
    whole = [chunk.samples for chunk in engine.synthesize("Hola. Adiós.", options)]
    stop = StopSignal()
    chunks = engine.synthesize("Hola. Adiós.", options, stop=stop)
    assert np.array_equal(next(chunks).samples, whole[0])
    stop.set()
    with pytest.raises(Stopped):  # although the sentence is in the cache
        next(chunks)
    again = [chunk.samples for chunk in engine.synthesize("Hola. Adiós.", options)]
    assert all(map(np.array_equal, again, whole))


@pytest.mark.slow
def test_a_long_run_is_ended_in_its_middle(split_model: SplitModel) -> None:
    voice = CATALOGUE["af_heart"]
    tokens = [50] * 400
    style = VoicePack.load().style(voice, len(tokens))
    stop = StopSignal()
    segments = split_model.speak(ModelRun(tokens, style, 1.0, voice, stop=stop))
    started = time.monotonic()
    next(split_model.speak(ModelRun(tokens, style, 1.0, voice)))
    undisturbed = time.monotonic() - started
    timer = threading.Timer(undisturbed / 5, stop.set)
    timer.start()
    with pytest.raises(Stopped):
        next(segments)
