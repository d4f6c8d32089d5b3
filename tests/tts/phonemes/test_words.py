"""Words are found in a piece's phonemes one by one, or by the phonemes of each alone."""

from collections.abc import Mapping

import pytest

from app.tts.languages import LANGUAGES, Language
from app.tts.phonemes import Phonemizer
from app.tts.phonemes.spans import phonemize_spans
from app.tts.phonemes.words import phonemize_words
from app.tts.text.spans import Pronunciation, Span, Words

AMERICAN, SPANISH, CHINESE = (LANGUAGES[letter] for letter in "aez")
SYMBOLS = "abcdefghijklmnopqrstuvwxyzˈ,.!() "


class FakePhonemizer:
    """Returns the given phonemes of a text, or else the text itself."""

    def __init__(self, sounds: Mapping[str, str]) -> None:
        self._sounds = sounds

    def phonemize(self, text: str, language: Language) -> str:
        return self._sounds.get(text, text)


def said(spans: tuple[Span, ...], **sounds: str) -> list[str]:
    spelled = {text.replace("_", " "): sound for text, sound in sounds.items()}
    phonemizer: Phonemizer = FakePhonemizer(spelled)  # type: ignore[assignment]
    phonemes, words = phonemize_words(spans, phonemizer, SYMBOLS)
    assert phonemes == phonemize_spans(spans, phonemizer, SYMBOLS)
    return [phonemes[start:end] for start, end in words]


def test_words_are_where_their_phonemes_are_without_the_marks_around_them() -> None:
    assert said((Words("(one, two) three!", AMERICAN),)) == ["one", "two", "three"]
    assert said((Words("one , two .", AMERICAN),)) == ["one", "two"]


def test_each_span_has_its_own_words() -> None:
    spans = (Words("say ", AMERICAN), Pronunciation("xˈyz"), Words("s (", AMERICAN))
    assert said((*spans, Words("你好", CHINESE)), 你好="nihao") == ["say", "xˈyz", "s", "nihao"]
    assert said((Words("one ", AMERICAN), Words("...", AMERICAN))) == ["one"]


@pytest.mark.parametrize(
    ("whole", "expected"),
    [
        ("indəhaus", ["in", "də", "haus"]),  # joined
        ("in də ha us", ["in", "də", "ha us"]),  # split
        ("indəaus, ja", ["in", "də", "aus, ja"]),
        ("inhaus", ["in", "", "haus"]),  # lost
    ],
)
def test_where_words_were_joined_or_split_each_is_found_by_what_it_is_like_alone(
    whole: str, expected: list[str]
) -> None:
    spans = (Words("in the house", AMERICAN),)
    assert said(spans, in_the_house=whole, the="də", house="haus") == expected


def test_words_of_which_nothing_is_said_are_nowhere() -> None:
    assert said((Words("one two", AMERICAN),), one_two="") == ["", ""]


def test_every_word_of_a_language_read_by_espeak_is_found() -> None:
    text = "Cuando dejó de llover, los niños salieron a la calle; ¡por fin!"
    phonemes, bounds = phonemize_words((Words(text, SPANISH),), Phonemizer(), {*"kwandoðe"})
    assert len(bounds) == len(text.split())
    assert phonemes[slice(*bounds[0])] == "kwˌando"
    assert phonemes[slice(*bounds[-1])] == "fˈin"
