"""The engine computes a sentence once and keeps it for the next request."""

import threading
from dataclasses import replace

import numpy as np
import pytest

from app.tts.cache import SentenceCache
from app.tts.engine import KokoroEngine
from app.tts.model.speech_model import SpeechModel
from app.tts.types import AudioChunk, Samples, SynthesisOptions
from tests.tts.fakes import WAITING, RememberingModel, hum, in_two_windows

SPANISH = SynthesisOptions("ef_dora")


def spoken(engine: KokoroEngine, text: str, options: SynthesisOptions = SPANISH) -> list[Samples]:
    return [chunk.samples for chunk in engine.synthesize(text, options)]


def cached(engine: KokoroEngine, model: SpeechModel, megabytes: int = 1) -> KokoroEngine:
    return replace(engine, model=model, cache=SentenceCache(megabytes << 20, threading.Lock))


def test_a_sentence_is_computed_once_for_a_voice_and_a_speed(engine: KokoroEngine) -> None:
    model = RememberingModel(in_two_windows)
    engine = cached(engine, model)
    first, again = spoken(engine, "Hola. Hola."), spoken(engine, "Hola. Adiós.")
    assert len(model.runs) == 2
    assert np.array_equal(first[0], again[0])
    spoken(engine, "Hola.", SynthesisOptions("em_alex"))
    spoken(engine, "Hola.", SynthesisOptions("ef_dora", 1.5))
    assert len(model.runs) == 4


def test_what_was_decoded_in_windows_is_kept_for_streams_alone(engine: KokoroEngine) -> None:
    model = RememberingModel(in_two_windows)
    engine = cached(engine, model)

    def stream() -> list[AudioChunk]:
        return list(engine.synthesize("Hola.", SPANISH, WAITING))

    assert len(stream()) == 2
    assert len(stream()) == 1
    assert len(model.runs) == 1
    spoken(engine, "Hola.")
    assert len(model.runs) == 2


def test_a_sentence_that_was_not_heard_to_its_end_is_not_kept(engine: KokoroEngine) -> None:
    model = RememberingModel(in_two_windows)
    engine = cached(engine, model)
    next(engine.synthesize("Hola.", SPANISH, WAITING))
    assert len(list(engine.synthesize("Hola.", SPANISH, WAITING))) == 2


def test_what_is_not_asked_for_more_once_it_was_the_last_is_kept(engine: KokoroEngine) -> None:
    model = RememberingModel(in_two_windows)
    engine = cached(engine, model)
    for listener in (None, WAITING):
        chunks = engine.synthesize("Hola.", SPANISH, listener)
        while not next(chunks).is_last:
            pass
    assert len(list(engine.synthesize("Hola.", SPANISH))) == 1
    assert len(model.runs) == 1


@pytest.mark.parametrize("megabytes", [0, 1])
def test_text_that_nobody_reads_is_not_remembered_at_ever_new_speeds(
    engine: KokoroEngine, megabytes: int
) -> None:
    engine = cached(engine, RememberingModel(lambda tokens: [hum(1)]), megabytes)
    for number in range(20):
        options = replace(SPANISH, speed=1 + number / 1000)
        assert list(engine.synthesize("々", options))
    assert len(engine.cache) == 0


def test_the_warm_up_asks_the_model_and_not_the_cache(engine: KokoroEngine) -> None:
    model = RememberingModel(in_two_windows)
    engine = cached(engine, model)
    engine.warm_up()
    engine.warm_up()
    assert len(model.runs) == 2


def test_without_memory_for_it_nothing_is_kept(engine: KokoroEngine) -> None:
    model = RememberingModel(in_two_windows)
    engine = cached(engine, model, megabytes=0)
    spoken(engine, "Hola. Hola.")
    assert len(model.runs) == 2


def test_the_same_text_in_another_language_is_not_taken_from_the_cache(
    engine: KokoroEngine,
) -> None:
    caching = replace(engine, cache=SentenceCache(10**9, threading.Lock))
    one, other = (
        spoken(caching, "ciao", SynthesisOptions("ef_dora", language=language))[0]
        for language in ("es", "it")
    )
    assert not np.array_equal(one, other)
