"""Any text becomes pieces with a language for each word, and nothing is lost."""

import re
import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.tts.errors import InputError
from app.tts.languages import LANGUAGES
from app.tts.text.front_end import FrontEnd
from app.tts.text.lexicon import Lexicon
from app.tts.text.pieces import MAX_CHARACTERS
from app.tts.text.sentences import PARAGRAPH_PAUSE, SENTENCE_PAUSE
from app.tts.text.spans import Piece, Pronunciation, Words
from tests.hypothesis_profiles import examples

FRONT_END = FrontEnd({*string.ascii_letters, "ˈ"}, Lexicon(), True, lambda language: True)
ALPHABETS = {
    "a": "words without any marks of their own ",
    "b": "words without any marks of their own ",
    "e": "palabras sin ningún signo año después ",
    "f": "des mots sans aucune ponctuation élève çà ",
    "h": "बिना किसी चिह्न के शब्द ",
    "i": "parole senza nessun segno perché città ",
    "j": "句読点のない日本語の文章です",
    "p": "palavras sem nenhum sinal coração ",
    "z": "没有任何标点的中文文本",
}


def read(text: str, letter: str = "a", front_end: FrontEnd = FRONT_END) -> list[Piece]:
    return list(front_end.read(text, LANGUAGES[letter]))


def words(pieces: list[Piece]) -> str:
    return "".join(
        span.text if isinstance(span, Words) else f"/{span.phonemes}/"
        for piece in pieces
        for span in piece.spans
    )


def test_a_text_becomes_sentences_in_words() -> None:
    american = LANGUAGES["a"]
    assert read("# Prices\n\nIt's **$5**. See No. 3!") == [
        Piece((Words("Prices", american),), PARAGRAPH_PAUSE),
        Piece((Words("It's five dollars.", american),), SENTENCE_PAUSE),
        Piece((Words("See number three!", american),), PARAGRAPH_PAUSE),
    ]


def test_marks_are_read_where_markdown_is_off() -> None:
    plain = FrontEnd(set(), Lexicon(), False, lambda language: True)
    assert words(read("5 * 4 and #1", front_end=plain)) == "five times four and number one"
    assert words(read("| a | b |", front_end=plain)) != words(read("| a | b |\n|-|-|\n| c | d |"))


def test_words_in_other_scripts_go_to_their_languages() -> None:
    (piece,) = read("Say 你好 to Anna.")
    assert [(span.text.strip(), span.language.letter) for span in piece.spans] == [  # type: ignore[union-attr]
        ("Say", "a"),
        ("你好", "z"),
        ("to Anna.", "a"),
    ]


def test_kana_anywhere_in_a_sentence_make_its_chinese_characters_japanese() -> None:
    (piece,) = read("Say 東京 [b](/ˈabc/) のこと.")
    assert [(span.text.strip(), span.language.letter) for span in piece.spans[:2]] == [  # type: ignore[union-attr]
        ("Say", "a"),
        ("東京", "j"),
    ]


def test_scripts_that_nobody_reads_come_in_latin_letters() -> None:
    assert words(read("Say Привет.")) == "Say privet."


def test_a_sentence_of_another_script_has_its_numbers_in_that_language() -> None:
    (_, chinese) = read("Look here. 我有3只猫。")
    assert chinese.spans == (Words("我有三只猫。", LANGUAGES["z"]),)


@pytest.mark.parametrize("letter", sorted(LANGUAGES))
def test_given_phonemes_take_the_place_of_a_word_in_every_language(letter: str) -> None:
    (piece,) = read("a [b 5](/ˈabc/) c", letter)
    assert piece.spans[1] == Pronunciation("ˈabc")


def test_given_phonemes_come_before_the_lexicon() -> None:
    (piece,) = read("[b](/ˈabc/)")
    assert piece.spans == (Pronunciation("ˈabc"),)


def test_pauses_are_silences_of_their_own() -> None:
    pieces = read("[pause:1s]One [pause:2.5s] two. [pause:3s]")
    assert [(words([piece]).strip(), piece.pause, piece.silence) for piece in pieces] == [
        ("", 0, 1),
        ("One", 0, 2.5),
        ("two.", 0, 3),
    ]


def test_wrong_markup_is_refused_before_the_first_piece() -> None:
    pieces = FRONT_END.read("One. Two. [pause:11s]", LANGUAGES["a"])
    with pytest.raises(InputError, match="too long"):
        next(pieces)


@pytest.mark.parametrize("text", ["", ".", "?!...", "🎉", "— —", "***", "[]", "\n\n"])
def test_text_without_anything_to_say_has_no_pieces(text: str) -> None:
    assert not read(text)


@pytest.mark.parametrize("letter", sorted(LANGUAGES))
@pytest.mark.parametrize("has_spaces", [True, False])
def test_text_without_marks_or_spaces_comes_out_whole(letter: str, has_spaces: bool) -> None:
    text = ALPHABETS[letter] * 30
    if not has_spaces:
        text = text.replace(" ", "")
    pieces = read(text, letter)
    assert "".join(words(pieces).split()) == "".join(text.split())
    assert all(len(words([piece])) <= MAX_CHARACTERS for piece in pieces)


@pytest.mark.parametrize("letter", sorted(LANGUAGES))
@examples(0.3)
@given(st.data())
def test_every_letter_comes_out_in_order(letter: str, data: st.DataObject) -> None:
    letters = "".join(sorted(filter(str.isalpha, set(ALPHABETS[letter]))))
    text = data.draw(st.text(st.sampled_from(letters + "     ,,;!?\n"), max_size=1000))
    # Only capitals may change. Abbreviations have marks, except for this one in English.
    assume(not re.search(r"\baka\b", text))
    spoken = [c for c in words(read(text, letter)) if c in letters]
    assert "".join(spoken) == "".join(c for c in text if c in letters)


@pytest.mark.parametrize("letter", sorted(LANGUAGES))
@examples(0.3)
@given(text=st.text(max_size=500))
def test_no_text_is_too_much(letter: str, text: str) -> None:
    try:
        pieces = read(text, letter)
    except InputError:  # for a pause or phonemes
        return
    assert all(len(words([piece])) <= MAX_CHARACTERS for piece in pieces)
