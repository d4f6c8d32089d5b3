"""The spans of a piece are joined like words, each read in its own language."""

import pytest

from app.tts.languages import LANGUAGES, Language
from app.tts.phonemes.spans import phonemize_spans
from app.tts.text.spans import Pronunciation, Span, Words

AMERICAN, JAPANESE, CHINESE = (LANGUAGES[letter] for letter in "ajz")


class NamingPhonemizer:
    """Returns the text after the letter of its language; Chinese does not know 龘."""

    def phonemize(self, text: str, language: Language) -> str:
        return "" if text == "龘" else f"{language.letter}:{text.strip()}"


def spoken(*spans: Span) -> str:
    symbols = "abcdefghijklmnopqrstuvwxyz:,.!() "
    return phonemize_spans(spans, NamingPhonemizer(), symbols)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("spans", "phonemes"),
    [
        ((), ""),
        ((Words("one", AMERICAN),), "a:one"),
        ((Words("を", JAPANESE), Words("one", AMERICAN)), "j:を a:one"),
        ((Words("say ", AMERICAN), Pronunciation("xyz")), "a:say xyz"),
        ((Pronunciation("xyz"), Words("'s", AMERICAN)), "xyza:'s"),
        ((Pronunciation("xyz"), Words(" one", AMERICAN)), "xyz a:one"),
        ((Pronunciation("xyz"), Words(",", AMERICAN)), "xyz,"),
        ((Words(" (", AMERICAN), Pronunciation("xyz"), Words(")!", AMERICAN)), "(xyz)!"),
        ((Words("は “", JAPANESE), Words("one” ", AMERICAN)), "j:は “a:one”"),
        ((Words("one ", AMERICAN), Pronunciation(", x")), "a:one, x"),
        ((Pronunciation("x"), Words(" ", AMERICAN), Pronunciation("y")), "x y"),
    ],
)
def test_spans_are_joined_with_the_spaces_that_words_need(
    spans: tuple[Span, ...], phonemes: str
) -> None:
    assert spoken(*spans) == phonemes


def test_a_character_that_its_language_cannot_read_is_read_in_latin_letters() -> None:
    assert spoken(Words("龘", CHINESE)) == "i:Da"
