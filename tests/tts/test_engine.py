"""The engine, with the tiny voice and the real espeak-ng: what goes in comes out."""

import numpy as np
import pytest

from app.tts.assets import ModelFile
from app.tts.engine import FINAL_PAUSE, KokoroEngine
from app.tts.errors import InputError
from app.tts.joins import LEAD, TAIL
from app.tts.tokens import MAX_TOKENS
from app.tts.types import SAMPLE_RATE, Samples, SynthesisOptions
from tests.conftest import TINY_VOICE

SPANISH = SynthesisOptions("ef_dora")
TOKEN = 1200
"""Samples that the tiny voice hums for a token."""


@pytest.fixture(scope="module")
def engine() -> KokoroEngine:
    return KokoroEngine.load(ModelFile("tests", TINY_VOICE))


def spoken(engine: KokoroEngine, text: str, options: SynthesisOptions = SPANISH) -> list[Samples]:
    return [chunk.samples for chunk in engine.synthesize(text, options)]


def test_each_sentence_is_a_chunk_and_the_last_one_is_marked(engine: KokoroEngine) -> None:
    chunks = list(engine.synthesize("Hola. Buenos días.", SPANISH))
    assert [chunk.is_last for chunk in chunks] == [False, True]
    assert all(chunk.samples.dtype == np.float32 for chunk in chunks)


def test_every_phoneme_is_spoken_and_followed_by_the_pause_that_ends_the_speech(
    engine: KokoroEngine,
) -> None:
    (samples,) = spoken(engine, "hola")
    phonemes = "ˈola"
    pause = round(FINAL_PAUSE * SAMPLE_RATE)
    assert len(samples) == LEAD + len(phonemes) * TOKEN + min(TAIL, TOKEN) + pause


def test_chunks_are_made_as_they_are_asked_for(engine: KokoroEngine) -> None:
    chunks = engine.synthesize("Hola. " * 1000, SPANISH)
    assert next(chunks).seconds > 0


def test_the_same_text_is_the_same_sound_and_another_voice_is_not(engine: KokoroEngine) -> None:
    (first,), (again,) = spoken(engine, "hola"), spoken(engine, "hola")
    (other,) = spoken(engine, "hola", SynthesisOptions("em_alex"))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_double_speed_takes_half_the_time(engine: KokoroEngine) -> None:
    text = "una frase un poco más larga"
    (normal,), (fast,) = spoken(engine, text), spoken(engine, text, SynthesisOptions("ef_dora", 2))
    margin = LEAD + TAIL + FINAL_PAUSE * SAMPLE_RATE
    assert (len(normal) - margin) / (len(fast) - margin) == pytest.approx(2, rel=0.1)


@pytest.mark.parametrize("text", [".", "?!...", "🎉", "— —", ""])
def test_marks_alone_are_a_short_silence(engine: KokoroEngine, text: str) -> None:
    samples = np.concatenate(spoken(engine, text))
    assert not samples.any()
    assert 0.1 < len(samples) / SAMPLE_RATE < 1


@pytest.mark.parametrize("text", ["hola " * 400, "hola" * 400, "hola, " * 300, "hola\n" * 99])
def test_nothing_is_dropped_from_long_text(
    engine: KokoroEngine, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    spoken_tokens: list[int] = []
    run = engine.session.run

    def noted(tokens: list[int], *arguments: object) -> Samples:
        spoken_tokens.extend(tokens)
        return run(tokens, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(engine.session, "run", noted)
    spoken(engine, text)
    (sound,) = engine.vocabulary.encode("l")  # each hola has one, wherever its pieces are cut
    assert spoken_tokens.count(sound) == text.count("hola")


def test_no_run_is_longer_than_the_models_context(
    engine: KokoroEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    lengths = []
    run = engine.session.run

    def measured(tokens: list[int], *arguments: object) -> Samples:
        lengths.append(len(tokens))
        return run(tokens, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(engine.session, "run", measured)
    spoken(engine, "9" * 32 + " " + "9" * 32 + " " + "7 8 9 " * 30)
    assert max(lengths) <= MAX_TOKENS
    assert sum(lengths) > MAX_TOKENS


def test_runs_that_end_in_mid_sound_join_without_a_click(
    engine: KokoroEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    loudness = np.float32(0.3)

    def abrupt(tokens: list[int], *arguments: object) -> Samples:
        return np.full(TOKEN * 10, loudness, np.float32)

    monkeypatch.setattr(engine.session, "run", abrupt)
    # A number of 32 digits is so many phonemes that the piece takes more than one run.
    samples = np.concatenate(spoken(engine, "Hola. " + ("9" * 32 + " ") * 4))
    assert len(samples) > 2 * TOKEN * 10
    assert samples.max() == loudness
    assert np.abs(np.diff(samples)).max() < loudness / 50


def test_a_voice_or_text_that_cannot_be_spoken_is_refused_by_field(engine: KokoroEngine) -> None:
    with pytest.raises(InputError) as refused:
        spoken(engine, "hola", SynthesisOptions("nobody"))
    assert refused.value.field == "voice"
