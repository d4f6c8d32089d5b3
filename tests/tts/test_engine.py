"""The engine with the tiny voice and the real espeak-ng: everything in the text is spoken."""

from dataclasses import replace

import numpy as np
import pytest

from app.tts.engine import KokoroEngine
from app.tts.model.vocabulary import MAX_TOKENS
from app.tts.types import SAMPLE_RATE, Samples, SynthesisOptions
from tests.tts.fakes import WAITING, RememberingModel, hum, in_two_windows

SPANISH = SynthesisOptions("ef_dora")


def spoken(engine: KokoroEngine, text: str, options: SynthesisOptions = SPANISH) -> list[Samples]:
    return [chunk.samples for chunk in engine.synthesize(text, options)]


def test_each_sentence_is_a_chunk_and_the_last_one_is_marked(engine: KokoroEngine) -> None:
    chunks = list(engine.synthesize("Hola. Buenos días.", SPANISH))
    assert [chunk.is_last for chunk in chunks] == [False, True]
    assert all(chunk.samples.dtype == np.float32 for chunk in chunks)


def test_chunks_are_made_as_they_are_asked_for(engine: KokoroEngine) -> None:
    chunks = engine.synthesize("Hola. " * 1000, SPANISH)
    assert next(chunks).seconds > 0


def test_the_same_text_is_the_same_sound_and_another_voice_is_not(engine: KokoroEngine) -> None:
    (first,), (again,) = spoken(engine, "hola"), spoken(engine, "hola")
    (other,) = spoken(engine, "hola", SynthesisOptions("em_alex"))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize("text", ["hola " * 400, "hola" * 400, "hola, " * 300, "hola\n" * 99])
def test_nothing_is_dropped_from_long_text(engine: KokoroEngine, text: str) -> None:
    model = RememberingModel(lambda tokens: [hum(0.1)])
    spoken(replace(engine, model=model), text)
    (sound,) = engine.vocabulary.encode("l")  # each hola has one, wherever its pieces are cut
    assert sum(run.count(sound) for run in model.runs) == text.count("hola")


def test_no_run_is_longer_than_the_models_context(engine: KokoroEngine) -> None:
    model = RememberingModel(lambda tokens: [hum(0.1)])
    spoken(replace(engine, model=model), "9" * 32 + " " + "9" * 32 + " " + "7 8 9 " * 30)
    lengths = [len(run) for run in model.runs]
    assert max(lengths) <= MAX_TOKENS
    assert sum(lengths) > MAX_TOKENS


def test_runs_that_end_in_mid_sound_join_without_a_click(engine: KokoroEngine) -> None:
    model = RememberingModel(lambda tokens: [hum(0.5)])
    # Numbers of 32 digits have so many phonemes that the piece takes more than one run.
    samples = np.concatenate(spoken(replace(engine, model=model), "Hola. " + ("9" * 32 + " ") * 4))
    assert len(model.runs) > 2
    assert len(samples) > len(model.runs) * 0.5 * SAMPLE_RATE
    assert samples.max() == hum(0.5)[0]
    assert np.abs(np.diff(samples)).max() < samples.max() / 50


def test_a_stream_gets_a_sentence_as_its_windows_are_decoded(engine: KokoroEngine) -> None:
    model = RememberingModel(in_two_windows)
    engine = replace(engine, model=model)
    chunks = list(engine.synthesize("Hola. Adiós.", SPANISH, WAITING))
    assert [chunk.is_last for chunk in chunks] == [False, False, False, True]
    assert [pacing is None for pacing in model.pacings] == [False, False]
    whole = np.concatenate(spoken(engine, "Hola. Adiós."))
    assert model.pacings[-1] is None
    assert np.array_equal(np.concatenate([chunk.samples for chunk in chunks]), whole)


def test_given_phonemes_are_spoken_as_they_are(engine: KokoroEngine) -> None:
    model = RememberingModel(lambda tokens: [hum(0.1)])
    list(replace(engine, model=model).synthesize("di [hola](/xˈuxu/), sí", SPANISH))
    assert model.runs == [engine.vocabulary.encode("dˈi xˈuxu, sˈi")]


def test_the_language_of_the_request_comes_before_that_of_the_voice(engine: KokoroEngine) -> None:
    model = RememberingModel(lambda tokens: [hum(0.1)])
    remembering = replace(engine, model=model)
    for language in (None, "it"):
        list(remembering.synthesize("ciao", SynthesisOptions("ef_dora", language=language)))
    assert model.runs == [engine.vocabulary.encode("θjˈao"), engine.vocabulary.encode("ʧˈao")]


@pytest.mark.parametrize(("phonemes", "level"), [("abcd⟨⟩", "WARNING"), ("a" * 30 + "⟨", "DEBUG")])
def test_many_phonemes_outside_the_vocabulary_are_a_warning_and_few_are_not(
    engine: KokoroEngine,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    phonemes: str,
    level: str,
) -> None:
    caplog.set_level("DEBUG", "app.tts.model.vocabulary")
    monkeypatch.setattr(engine.phonemizer, "phonemize", lambda text, language: phonemes)
    spoken(engine, "hola")
    (record,) = caplog.records
    assert record.levelname == level
    assert "Spanish" in record.message
    assert "hola" not in record.message
