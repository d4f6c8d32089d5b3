"""The engine, with the tiny voice and the real espeak-ng: what goes in comes out."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from app.tts.audio.tempo import MODEL_LIMIT, TYPICAL_AT_LIMIT
from app.tts.audio.trimming import LEAD, TAIL
from app.tts.build_engine import build_engine
from app.tts.cache import SentenceCache
from app.tts.engine import FINAL_PAUSE, KokoroEngine
from app.tts.errors import AssetError, InputError, ReadingError
from app.tts.languages import Language
from app.tts.model.assets import ModelFile
from app.tts.model.speech_model import ModelRun, SpeechModel, StreamPacing
from app.tts.model.vocabulary import MAX_TOKENS
from app.tts.phonemes import Phonemizer
from app.tts.text.spans import Piece, Words
from app.tts.types import SAMPLE_RATE, AudioChunk, AudioSegment, Samples, SynthesisOptions
from tests.conftest import TINY_VOICE

SPANISH = SynthesisOptions("ef_dora")
TOKEN = 1200
"""Samples that the tiny voice hums for a token."""


class Patient:
    """A listener who has time, and audio in hand."""

    def __init__(self, seconds: float) -> None:
        self.ran_dry = False
        self._seconds = seconds

    def patience(self) -> float:
        return self._seconds

    def sharers(self) -> float:
        return 1.0


WAITING = Patient(0)


class RememberingModel:
    """Speaks each run in the windows it is told, at its listener's pace or not, and remembers."""

    provider = "nothing"

    def __init__(self, windows: Callable[[list[int]], list[Samples]]) -> None:
        self._windows = windows
        self.runs: list[list[int]] = []
        self.pacings: list[StreamPacing | None] = []

    def speak(self, run: ModelRun) -> Iterator[AudioSegment]:
        self.runs.append(run.tokens)
        self.pacings.append(run.pacing)
        windows = self._windows(run.tokens)
        if run.pacing is None:
            windows = [np.concatenate(windows)]
        for number, samples in enumerate(windows, 1):
            yield AudioSegment(samples, is_last=number == len(windows))


def hum(seconds: float) -> Samples:
    return np.full(round(seconds * SAMPLE_RATE), 0.3, np.float32)


@pytest.fixture(scope="module")
def engine() -> KokoroEngine:
    return build_engine(ModelFile("tests", TINY_VOICE, ""))


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
    engine: KokoroEngine, text: str, options: SynthesisOptions, listener: Patient | None
) -> float:
    return sum(chunk.seconds for chunk in engine.synthesize(text, options, listener))


class Fault(Exception):
    """What nobody foresaw."""


class FaultyFrontEnd:
    def read(self, text: str, language: Language, *, with_sources: bool) -> Iterator[Piece]:
        yield Piece((Words("Uno.", language),), 0.0)
        raise Fault(text)


class FaultyPhonemizer(Phonemizer):
    def phonemize(self, text: str, language: Language) -> str:
        if "dos" in text:
            raise Fault(text)
        return super().phonemize(text, language)


@pytest.mark.parametrize(
    "parts", [{"front_end": FaultyFrontEnd()}, {"phonemizer": FaultyPhonemizer()}]
)
def test_an_unforeseen_failure_to_read_a_text_is_told_from_one_of_the_model(
    engine: KokoroEngine, parts: dict[str, Any]
) -> None:
    chunks = replace(engine, **parts).synthesize("Uno. Dos y dos.", SPANISH)
    with pytest.raises(ReadingError, match=r"^The text could not be read\.$") as failure:
        list(chunks)
    assert isinstance(failure.value.__cause__, Fault)


class UninstalledPhonemizer(Phonemizer):
    def phonemize(self, text: str, language: Language) -> str:
        raise AssetError("espeak-ng's data lies at a path that is too long.")


def test_what_the_operator_has_to_mend_is_told_though_it_comes_up_while_a_text_is_read(
    engine: KokoroEngine,
) -> None:
    with pytest.raises(AssetError, match="path that is too long"):
        list(replace(engine, phonemizer=UninstalledPhonemizer()).synthesize("Uno.", SPANISH))


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
    # A number of 32 digits is so many phonemes that the piece takes more than one run.
    samples = np.concatenate(spoken(replace(engine, model=model), "Hola. " + ("9" * 32 + " ") * 4))
    assert len(model.runs) > 2
    assert len(samples) > len(model.runs) * 0.5 * SAMPLE_RATE
    assert samples.max() == hum(0.5)[0]
    assert np.abs(np.diff(samples)).max() < samples.max() / 50


def in_two_windows(tokens: list[int]) -> list[Samples]:
    return [hum(0.4), hum(0.6)]


def test_a_stream_gets_a_sentence_as_its_windows_are_decoded(engine: KokoroEngine) -> None:
    model = RememberingModel(in_two_windows)
    engine = replace(engine, model=model)
    chunks = list(engine.synthesize("Hola. Adiós.", SPANISH, WAITING))
    assert [chunk.is_last for chunk in chunks] == [False, False, False, True]
    assert [pacing is None for pacing in model.pacings] == [False, False]
    whole = np.concatenate(spoken(engine, "Hola. Adiós."))
    assert model.pacings[-1] is None
    assert np.array_equal(np.concatenate([chunk.samples for chunk in chunks]), whole)


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


def test_a_voice_or_text_that_cannot_be_spoken_is_refused_by_field(engine: KokoroEngine) -> None:
    with pytest.raises(InputError) as refused:
        spoken(engine, "hola", SynthesisOptions("nobody"))
    assert refused.value.field == "voice"


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


def test_given_phonemes_are_spoken_as_they_are(engine: KokoroEngine) -> None:
    model = RememberingModel(lambda tokens: [hum(0.1)])
    list(replace(engine, model=model).synthesize("di [hola](/xˈuxu/), sí", SPANISH))
    assert model.runs == [engine.vocabulary.encode("dˈi xˈuxu, sˈi")]


def test_phonemes_that_the_model_lacks_are_refused_before_anything_is_spoken(
    engine: KokoroEngine,
) -> None:
    with pytest.raises(InputError, match="'5'"):
        next(engine.synthesize("Hola. Hola. [hola](/ˈ5/)", SPANISH))


def test_the_language_of_the_request_comes_before_that_of_the_voice(engine: KokoroEngine) -> None:
    model = RememberingModel(lambda tokens: [hum(0.1)])
    remembering = replace(engine, model=model)
    for language in (None, "it"):
        list(remembering.synthesize("ciao", SynthesisOptions("ef_dora", language=language)))
    assert model.runs == [engine.vocabulary.encode("θjˈao"), engine.vocabulary.encode("ʧˈao")]


@pytest.mark.parametrize(
    ("voice", "language", "field"), [("jf_alpha", None, "voice"), ("ef_dora", "ja", "language")]
)
def test_a_language_that_is_not_installed_is_refused_by_the_member_that_asked_for_it(
    engine: KokoroEngine, monkeypatch: pytest.MonkeyPatch, voice: str, language: str, field: str
) -> None:
    monkeypatch.setattr("app.tts.phonemes.find_spec", lambda name: None)
    without_extras = replace(engine, phonemizer=Phonemizer())
    with pytest.raises(InputError, match="'ja'") as refused:
        next(without_extras.synthesize("はい", SynthesisOptions(voice, language=language)))
    assert refused.value.field == field


def test_the_same_text_in_another_language_is_not_taken_from_the_cache(
    engine: KokoroEngine,
) -> None:
    caching = replace(engine, cache=SentenceCache(10**9, threading.Lock))
    one, other = (
        spoken(caching, "ciao", SynthesisOptions("ef_dora", language=language))[0]
        for language in ("es", "it")
    )
    assert not np.array_equal(one, other)


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
