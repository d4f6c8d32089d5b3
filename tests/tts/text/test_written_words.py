"""Spoken words are traced to the written words behind them, in their original spelling."""

import string

import pytest

from app.tts.languages import LANGUAGES
from app.tts.text.front_end import FrontEnd
from app.tts.text.lexicon import Lexicon
from app.tts.text.written_text import WrittenText

FRONT_END = FrontEnd({*string.ascii_letters, "ˈ"}, Lexicon(), True, lambda language: True)


def written(text: str, letter: str = "a", front_end: FrontEnd = FRONT_END) -> dict[str, str]:
    """Return the spoken words for each written word of `text`; no word may occur twice."""
    found: list[tuple[str, str]] = []
    said = ""
    for piece in front_end.read(text, LANGUAGES[letter], with_sources=True):
        words = [word for span in piece.spans for word in span.words]
        for word, source in zip(words, piece.sources, strict=True):
            said = word if source.is_first else f"{said} {word}"
            if source.is_last:
                found.append((source.text, said))
    assert len(dict(found)) == len(found)
    return dict(found)


@pytest.mark.parametrize(
    ("letter", "text"),
    [
        ("a", "Hello, world! “Don’t” worry: it's fine (really)."),
        ("a", "Wait... what?! No!!! A dash - like this — too."),
        ("e", "¿Qué hora es? ¡Las tres!"),
        ("f", "L’enfant « rit » aujourd’hui ; c'est l'été."),
        ("h", "यह एक वाक्य है। फिर दूसरा।"),
        ("i", "C’è un po' di sole: bello!"),
        ("p", "Não há coração, amanhã."),
    ],
)
def test_words_are_told_as_they_are_written_with_their_marks(letter: str, text: str) -> None:
    words = [word for word in text.split() if any(map(str.isalpha, word))]
    assert list(written(text, letter)) == words


@pytest.mark.parametrize(
    ("letter", "text", "said"),
    [
        (
            "a",
            "It was $12.50.",
            {"It": "It", "was": "was", "$12.50.": "twelve dollars and fifty cents."},
        ),
        ("a", "July 4, 2024", {"July": "July", "4,": "fourth,", "2024": "twenty twenty-four"}),
        ("a", "$5 million lost", {"$5": "five", "million": "million dollars", "lost": "lost"}),
        ("a", "10 – 20 kg", {"10": "ten", "–": "to", "20": "twenty", "kg": "kilograms"}),
        ("a", "Dr. No & co", {"Dr.": "Doctor", "No": "No", "&": "and", "co": "co"}),
        ("a", "e.g. 5% off", {"e.g.": "for example", "5%": "five percent", "off": "off"}),
        ("e", "son 3 kg", {"son": "son", "3": "tres", "kg": "kilogramos"}),
        ("p", "são R$ 5,00 hoje", {"são": "são", "R$ 5,00": "cinco reais", "hoje": "hoje"}),
        ("h", "5 किताबें", {"5": "पाँच", "किताबें": "किताबें"}),
    ],
)
def test_what_is_written_out_is_one_word_with_all_that_is_said_for_it(
    letter: str, text: str, said: dict[str, str]
) -> None:
    assert written(text, letter) == said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("**Bold**, _it_ and `code`", ["Bold,", "it", "and", "code"]),
        ("See [the “guide”](http://a.b/the-guide?x=y), now", ["See", "the", "“guide”,", "now"]),
        ("# Title\n\n1. one\n2. two", ["Title", "1.", "one", "2.", "two"]),
        ("One 🎉 two🎉three", ["One", "two", "three"]),
        ("a [pause:1s] b [pause: 2s]", ["a", "b"]),
        ("Say [Kokoro](/kˈoko/)'s name", ["Say", "Kokoro's", "name"]),
        ("| Name | Age |\n|-|-|\n| Bob | five |", ["Name:", "Bob,", "Age:", "five."]),
        ("Say 你好，世界 to Привет", ["Say", "你好，", "世界", "to", "Привет"]),
        ("so\u00adft ﬁne", ["soft", "fine"]),
        ("🎉 — ...", []),
    ],
)
def test_marks_pictures_and_pauses_are_no_part_of_words(text: str, words: list[str]) -> None:
    assert list(written(text)) == words


def test_words_without_spaces_are_told_by_the_stretch_between_marks() -> None:
    assert list(written("雨が止むと、3人は外に。出た", "j")) == [
        "雨が止むと、",
        "3人は外に。",
        "出た",
    ]
    assert list(written("我有3只猫。他说：好", "z")) == ["我有3只猫。", "他说：", "好"]


def test_a_word_that_is_cut_into_pieces_is_told_once() -> None:
    text = f"so {'9' * 90} end"
    assert len(list(FRONT_END.read(text, LANGUAGES["a"]))) > 1
    assert list(written(text)) == ["so", "9" * 90, "end"]


def test_words_of_a_long_sentence_are_told_in_order() -> None:
    words = [
        f"word{'abcdefghij'[number // 10]}{'klmnopqrst'[number % 10]}" for number in range(100)
    ]
    assert list(written(" ".join(words))) == words


def test_sources_are_told_only_where_they_are_asked_for() -> None:
    with_sources, without = (
        list(FRONT_END.read("One **2**. Three", LANGUAGES["a"], with_sources=asked))
        for asked in (True, False)
    )
    assert [piece.spans for piece in with_sources] == [piece.spans for piece in without]
    assert not any(piece.sources for piece in without)


def test_a_word_that_the_text_does_not_have_is_told_as_it_is_and_loses_no_other() -> None:
    text = WrittenText("“One” ... two’s", {})
    words = ['"One"', "absent", "two's"]
    assert [text.spelling(word) for word in words] == ["“One”", "absent", "two’s"]


def test_a_word_is_not_found_inside_another() -> None:
    text = WrittenText("bananas “a” b", {})
    assert [text.spelling(word) for word in ("a", "b")] == ["a", "b"]
    assert text.spelling("bananas") == "bananas"


def test_words_behind_a_long_address_are_found_again() -> None:
    text = WrittenText(f"[it’s]({'x' * 2000}) that’s {'it’s ' * 30}", {})
    spelled = [text.spelling(word) for word in ["it's", "that's", *["it's"] * 30]]
    assert spelled[0] == "it’s"
    assert spelled[-1] == "it’s"
