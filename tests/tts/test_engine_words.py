"""The engine tells when each word is said, in any text, from the cache and in a stream."""

import threading
from dataclasses import replace

import numpy as np
import pytest

from app.tts.cache import SentenceCache
from app.tts.engine import KokoroEngine
from app.tts.errors import InputError
from app.tts.model.split_model import SplitModel
from app.tts.types import (
    SAMPLE_RATE,
    AudioChunk,
    Samples,
    SynthesisOptions,
    TimedWord,
)
from tests.tts.fakes import WAITING, BeepingModel, FakeListener


@pytest.fixture
def engine(tiny_engine: KokoroEngine) -> KokoroEngine:
    (space,) = tiny_engine.vocabulary.encode(" ")
    cache = SentenceCache(1 << 24, threading.Lock)
    return replace(tiny_engine, model=BeepingModel(space), cache=cache)


def options(voice: str = "ef_dora", *, timestamps: bool = True) -> SynthesisOptions:
    return SynthesisOptions(voice, timestamps=timestamps)


def heard(chunks: list[AudioChunk]) -> list[tuple[str, Samples]]:
    """Return each word with its audio, and check that it comes with the chunk in which it ends."""
    audio = np.concatenate([chunk.samples for chunk in chunks])
    words, played, last = [], 0.0, 0.0
    for chunk in chunks:
        for word in chunk.words:
            assert last <= word.start < word.end
            assert played <= word.end <= played + chunk.seconds
            last = word.end
            bounds = slice(round(word.start * SAMPLE_RATE), round(word.end * SAMPLE_RATE))
            words.append((word.text, audio[bounds]))
        played += chunk.seconds
    return words


TEXT = "**Uno**, dos [pause:1s] y [tres](/tɾˈes/). 🎉 Son $4,50 — ¡sí!"
WORDS = ["Uno,", "dos", "y", "tres.", "Son", "$4,50", "¡sí!"]


@pytest.mark.parametrize("listener", [None, WAITING])
def test_each_word_sounds_from_its_beginning_to_its_end_and_pauses_are_between(
    engine: KokoroEngine, listener: FakeListener | None
) -> None:
    chunks = list(engine.synthesize(TEXT, options(), listener))
    words = heard(chunks)
    assert [word for word, _ in words] == WORDS
    for word, samples in words:
        assert samples[1:-1].any()
        ends = (samples[200], samples[-200])
        assert all(ends), word
    spoken = sum(np.count_nonzero(samples) for _, samples in words)
    assert spoken == sum(np.count_nonzero(chunk.samples) for chunk in chunks)


def test_speech_is_the_same_with_times_and_without(engine: KokoroEngine) -> None:
    timed, plain = (
        np.concatenate([chunk.samples for chunk in chunks])
        for chunks in (
            engine.synthesize(TEXT, options()),
            replace(engine, cache=SentenceCache(0, threading.Lock)).synthesize(
                TEXT, options(timestamps=False)
            ),
        )
    )
    assert np.array_equal(timed, plain)


def test_words_after_a_pause_that_a_stream_sends_in_parts_are_timed_as_in_the_whole(
    engine: KokoroEngine,
) -> None:
    text = "hola [pause:7s] hola"
    timed = [
        [word for chunk in engine.synthesize(text, options(), listener) for word in chunk.words]
        for listener in (None, WAITING)
    ]
    assert timed[0] == timed[1]
    assert timed[0][1].start - timed[0][0].end > 7


def test_without_timestamps_no_words_are_told(engine: KokoroEngine) -> None:
    for _ in range(2):
        assert not any(c.words for c in engine.synthesize("Uno.", options(timestamps=False)))
        list(engine.synthesize("Uno.", options()))


def test_a_sentence_from_the_cache_has_the_same_words_at_its_own_place(
    engine: KokoroEngine,
) -> None:
    first, again = engine.synthesize("Uno dos. Uno **dos**.", options())
    assert isinstance(engine.model, BeepingModel)
    assert engine.model.runs == 1
    assert np.array_equal(first.samples[:1000], again.samples[:1000])
    assert [word.text for word in again.words] == ["Uno", "dos."]
    for word, same in zip(first.words, again.words, strict=True):
        assert same.start - word.start == pytest.approx(first.seconds)
        assert same.end - word.end == pytest.approx(first.seconds)


def test_a_sentence_that_was_kept_without_times_is_spoken_again_for_them(
    engine: KokoroEngine,
) -> None:
    list(engine.synthesize("Uno dos.", options(timestamps=False)))
    (chunk,) = engine.synthesize("Uno dos.", options())
    assert [word.text for word in chunk.words] == ["Uno", "dos."]


def test_words_of_a_piece_that_takes_several_runs_are_told_in_order(engine: KokoroEngine) -> None:
    numbers = ["9" * 20, "8" * 20, "7" * 20, "6" * 20]
    assert [word for word, _ in heard(list(engine.synthesize(" ".join(numbers), options())))] == (
        numbers
    )


@pytest.mark.parametrize("text", ["", "🎉", "...", "[pause:1s]", "— \u200d"])
def test_what_has_no_sound_is_no_word(engine: KokoroEngine, text: str) -> None:
    assert not heard(list(engine.synthesize(text, options())))


def test_a_model_that_tells_no_durations_refuses_before_it_speaks(
    tiny_engine: KokoroEngine,
) -> None:
    with pytest.raises(InputError, match="KOKORO_PRECISION") as refused:
        next(tiny_engine.synthesize("Uno.", options()))
    assert refused.value.field == "timestamps"
    assert list(tiny_engine.synthesize("Uno.", options(timestamps=False)))


SENTENCES = {
    "af_heart": "Ask Peter, Susan, or me; on July 4, it cost $12.50!",
    "ef_dora": "Los niños jugaron hasta la noche; después, cansados, volvieron.",
    "ff_siwis": "Les enfants jouèrent jusqu'au soir ; puis, fatigués, ils rentrèrent.",
    "hf_alpha": "जब बारिश रुकी, बच्चे बाहर गए; फिर, वे घर लौटे।",
    "im_nicola": "I bambini giocarono fino a sera. Poi, stanchi, tornarono.",
    "pf_dora": "As crianças brincaram até a noite; depois, cansadas, voltaram.",
}
SILENCE_BELOW_PEAK = 35.0
LEAST_PAUSE = 0.15
MARGIN = 0.06


@pytest.mark.slow
@pytest.mark.parametrize("speed", [1, 4])
@pytest.mark.parametrize("voice", sorted(SENTENCES))
def test_words_beside_a_pause_end_and_begin_within_60_ms_of_it(
    tiny_engine: KokoroEngine, split_model: SplitModel, voice: str, speed: float
) -> None:
    """Every pause begins where a word ends, and ends where the next one begins, to 60 ms.

    Pauses are found in the audio alone: 150 ms or more in which every frame of 10 ms is at least
    35 dB below the loudest one. A shorter silence may be a stop within a word, as in `dark`. At a
    higher speed, pauses are shorter in proportion. The text is spoken both whole and streamed.
    """
    engine = replace(tiny_engine, model=split_model, cache=SentenceCache(0, threading.Lock))
    text = SENTENCES[voice]
    for listener in (None, WAITING):
        spoken = replace(options(voice), speed=speed)
        chunks = list(engine.synthesize(text, spoken, listener))
        words = [word for chunk in chunks for word in chunk.words]
        assert [word.text for word in words] == text.replace(" ;", "").split()
        audio = np.concatenate([chunk.samples for chunk in chunks])
        found = pauses(audio, LEAST_PAUSE / speed)
        assert len(found) >= (2 if speed == 1 else 1)
        for start, end in found:
            ended = [word.end for word in words if word.start < start]
            begun = [word.start for word in words if word.end > end]
            assert ended[-1] == pytest.approx(start, abs=MARGIN)
            if begun:
                assert begun[0] == pytest.approx(end, abs=MARGIN)


@pytest.mark.slow
@pytest.mark.parametrize("voice", ["af_heart", "ff_siwis"])
def test_beyond_the_models_speeds_words_are_as_much_sooner_as_speech_is_shorter(
    tiny_engine: KokoroEngine, split_model: SplitModel, voice: str
) -> None:
    engine = replace(tiny_engine, model=split_model, cache=SentenceCache(0, threading.Lock))

    def speak(speed: float, listener: FakeListener | None) -> tuple[float, list[TimedWord]]:
        spoken = replace(options(voice), speed=speed)
        chunks = list(engine.synthesize(f"{SENTENCES[voice]} Oui.", spoken, listener))
        words = [word for chunk in chunks for word in chunk.words]
        return sum(chunk.seconds for chunk in chunks), words

    for listener in (None, WAITING):
        normal_seconds, normal = speak(1, listener)
        for speed in (3, 4):
            seconds, words = speak(speed, listener)
            assert seconds * speed == pytest.approx(normal_seconds, rel=0.02)
            for word, slow in zip(words, normal, strict=True):
                assert word.text == slow.text
                times = (word.start * speed, word.end * speed)
                assert times == pytest.approx((slow.start, slow.end), abs=MARGIN)


SHORT_WORDS = "I am in it, as it is. Go to him! He was on a bus, and we had a cup of tea. A is it."


@pytest.mark.slow
@pytest.mark.parametrize("speed", [1.5, 2, 3, 4])
def test_short_words_last_a_while_however_quickly_they_are_said(
    tiny_engine: KokoroEngine, split_model: SplitModel, speed: float
) -> None:
    engine = replace(tiny_engine, model=split_model, cache=SentenceCache(0, threading.Lock))
    quickly = replace(options("af_heart"), speed=speed)
    for listener in (None, WAITING):
        chunks = list(engine.synthesize(SHORT_WORDS, quickly, listener))
        words = [word for chunk in chunks for word in chunk.words]
        assert [word.text for word in words] == SHORT_WORDS.split()
        ends = [0.0, *(word.end for word in words)]
        for word, last in zip(words, ends, strict=False):
            assert last <= word.start
            assert word.end - word.start >= 0.02 / speed, word


def pauses(audio: Samples, least: float) -> list[tuple[float, float]]:
    """Return the bounds in seconds of pauses in `audio` that last at `least` so long."""
    frames = audio[: len(audio) // 240 * 240].reshape(-1, 240)
    levels = np.sqrt(np.mean(np.square(frames), axis=1))
    silent = levels < levels.max() * 10 ** (-SILENCE_BELOW_PEAK / 20)
    edges = np.flatnonzero(np.diff(silent, prepend=False, append=False)) / 100
    found = [(float(start), float(end)) for start, end in edges.reshape(-1, 2)]
    return [(start, end) for start, end in found if end - start >= least]
