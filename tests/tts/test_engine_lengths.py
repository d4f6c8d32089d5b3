"""Speech and pauses of the engine are as long as they should be at every speed."""

from dataclasses import replace

import numpy as np
import pytest

from app.tts.audio.tempo import MODEL_LIMIT, TYPICAL_AT_LIMIT
from app.tts.audio.trimming import LEAD, TAIL
from app.tts.engine import FINAL_PAUSE, KokoroEngine
from app.tts.types import SAMPLE_RATE, Samples, SynthesisOptions
from tests.tts.fakes import WAITING, FakeListener

SPANISH = SynthesisOptions("ef_dora")

TOKEN = 1200
"""Samples that the tiny voice hums for a token."""


def spoken(engine: KokoroEngine, text: str, options: SynthesisOptions = SPANISH) -> list[Samples]:
    return [chunk.samples for chunk in engine.synthesize(text, options)]


def test_every_phoneme_is_spoken_and_followed_by_the_pause_that_ends_the_speech(
    engine: KokoroEngine,
) -> None:
    (samples,) = spoken(engine, "hola")
    phonemes = "ˈola"
    pause = round(FINAL_PAUSE * SAMPLE_RATE)
    assert len(samples) == LEAD + len(phonemes) * TOKEN + min(TAIL, TOKEN) + pause


@pytest.mark.parametrize("speed", [1.6, 2, 3, 4])
@pytest.mark.parametrize("text", ["una frase un poco más larga", "Hola. Adiós, amigo. Hola"])
def test_a_model_that_tells_no_durations_is_as_much_faster_as_the_time_scale_makes_it(
    engine: KokoroEngine, text: str, speed: float
) -> None:
    for listener in (None, WAITING):
        normal = seconds(engine, text, SPANISH, listener)
        fast = seconds(engine, text, replace(SPANISH, speed=speed), listener)
        assert fast * speed == pytest.approx(normal, rel=0.01)


def seconds(
    engine: KokoroEngine, text: str, options: SynthesisOptions, listener: FakeListener | None
) -> float:
    return sum(chunk.seconds for chunk in engine.synthesize(text, options, listener))


def test_without_durations_lengths_do_not_jump_where_the_time_scale_begins(
    engine: KokoroEngine,
) -> None:
    shares = ((MODEL_LIMIT + 0.001, TYPICAL_AT_LIMIT), (1.4, 0.74), (2, 1 / 2), (3, 1 / 3))
    for speed, share in shares:
        made = seconds(engine, "una frase un poco más larga", replace(SPANISH, speed=speed), None)
        normal = seconds(engine, "una frase un poco más larga", SPANISH, None)
        assert made / normal == pytest.approx(share, rel=0.1)


@pytest.mark.parametrize("text", [".", "?!...", "🎉", "— —", ""])
def test_marks_alone_are_a_short_silence(engine: KokoroEngine, text: str) -> None:
    samples = np.concatenate(spoken(engine, text))
    assert not samples.any()
    assert 0.1 < len(samples) / SAMPLE_RATE < 1


def test_a_pause_that_is_asked_for_is_as_long_at_any_speed(engine: KokoroEngine) -> None:
    for speed, final_pause in ((1, FINAL_PAUSE), (4, FINAL_PAUSE / 4)):
        chunks = spoken(engine, "hola [pause:2s] hola", SynthesisOptions("ef_dora", speed))
        assert [trailing_silence(chunk) for chunk in chunks] == [
            pytest.approx(2, abs=0.1),
            pytest.approx(final_pause, abs=0.1),
        ]


def test_a_pause_at_the_end_is_kept(engine: KokoroEngine) -> None:
    (chunk,) = spoken(engine, "hola [pause:3s]")
    assert trailing_silence(chunk) == pytest.approx(3 + FINAL_PAUSE, abs=0.1)


@pytest.mark.parametrize("text", ["hola [pause:7s] hola", "hola [pause:7s]", "[pause:4s]"])
def test_a_stream_sends_a_long_pause_in_parts_and_is_as_long_as_the_whole(
    engine: KokoroEngine, text: str
) -> None:
    whole = np.concatenate(spoken(engine, text))
    chunks = list(engine.synthesize(text, SPANISH, WAITING))
    assert sum(len(chunk.samples) for chunk in chunks) == len(whole)
    assert max(chunk.seconds for chunk in chunks) < 4
    assert [chunk.is_last for chunk in chunks] == [False] * (len(chunks) - 1) + [True]


def trailing_silence(samples: Samples) -> float:
    return (len(samples) - 1 - np.flatnonzero(samples)[-1]) / SAMPLE_RATE
