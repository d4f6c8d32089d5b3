"""An engine counts its events, in whatever threads it works."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier, Lock

import pytest

from app.tts.build_engine import build_engine
from app.tts.cache import SentenceCache
from app.tts.counts import EngineCounts, EngineTotals
from app.tts.engine import KokoroEngine
from app.tts.model.assets import ModelFile
from app.tts.model.vocabulary import VOCABULARY_FILE, Vocabulary
from app.tts.types import SynthesisOptions
from tests.conftest import TINY_VOICE


@pytest.fixture
def counts() -> EngineCounts:
    return EngineCounts()


@pytest.fixture
def engine(counts: EngineCounts) -> KokoroEngine:
    model = ModelFile("tests", TINY_VOICE, "")
    return build_engine(model, cache_bytes=1 << 24, counts=counts)


def speak(engine: KokoroEngine, text: str) -> None:
    for _ in engine.synthesize(text, SynthesisOptions("ef_dora")):
        pass


def test_nothing_has_happened_at_first(counts: EngineCounts) -> None:
    assert counts.totals() == EngineTotals()


def test_sentences_count_as_hits_when_they_were_spoken_before(
    engine: KokoroEngine, counts: EngineCounts
) -> None:
    speak(engine, "Hola. Adiós.")
    assert (counts.totals().cache_hits, counts.totals().cache_misses) == (0, 2)
    speak(engine, "Adiós. Hola. Gracias.")
    assert (counts.totals().cache_hits, counts.totals().cache_misses) == (2, 3)


def test_the_warm_up_is_nobodys_request(engine: KokoroEngine, counts: EngineCounts) -> None:
    engine.warm_up()
    assert counts.totals() == EngineTotals()


def test_phonemes_that_the_model_does_not_know_are_counted(
    engine: KokoroEngine, counts: EngineCounts
) -> None:
    speak(engine, "Hola, amigo.")
    assert counts.totals().dropped_phonemes == 0
    ids = json.loads(VOCABULARY_FILE.read_text("utf-8"))["vocab"]
    del ids["o"]
    speak(replace(engine, vocabulary=Vocabulary(ids), cache=SentenceCache(0, Lock)), "Hola, amigo.")
    assert counts.totals().dropped_phonemes == 2


def test_threads_lose_no_counts(counts: EngineCounts) -> None:
    start = Barrier(4)

    def count() -> None:
        start.wait()
        for _ in range(5000):
            counts.cache_asked(found=True)
            counts.phonemes_dropped(2)

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(count) for _ in range(4)]:
            done.result()
    assert counts.totals() == EngineTotals(cache_hits=20_000, dropped_phonemes=40_000)
