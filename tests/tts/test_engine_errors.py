"""The engine refuses requests that it cannot speak, and its errors say whose fault it was."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from app.tts.engine import KokoroEngine
from app.tts.errors import AssetError, InputError, ReadingError
from app.tts.languages import Language
from app.tts.phonemes import Phonemizer
from app.tts.text.spans import Piece, Words
from app.tts.types import Samples, SynthesisOptions

SPANISH = SynthesisOptions("ef_dora")


def spoken(engine: KokoroEngine, text: str, options: SynthesisOptions = SPANISH) -> list[Samples]:
    return [chunk.samples for chunk in engine.synthesize(text, options)]


class Fault(Exception):
    """An unforeseen error."""


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


def test_a_voice_or_text_that_cannot_be_spoken_is_refused_by_field(engine: KokoroEngine) -> None:
    with pytest.raises(InputError) as refused:
        spoken(engine, "hola", SynthesisOptions("nobody"))
    assert refused.value.field == "voice"


def test_phonemes_that_the_model_lacks_are_refused_before_anything_is_spoken(
    engine: KokoroEngine,
) -> None:
    with pytest.raises(InputError, match="'5'"):
        next(engine.synthesize("Hola. Hola. [hola](/ˈ5/)", SPANISH))


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
