"""Texts are split where a speaker would pause, and nothing gets lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.tts.text.split import (
    CLAUSE_PAUSE,
    MAX_CHARACTERS,
    PARAGRAPH_PAUSE,
    SENTENCE_PAUSE,
    split,
)


def texts(text: str) -> list[str]:
    return [piece.text for piece in split(text)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("He said “Go.” She went.", ["He said “Go.”", "She went."]),
        ("Dr. Smith paid 3.14 to J. R. Hill, i.e. me.", None),
        ("Is it 3:30 p.m. or v1.2.3?", None),
        ("¿Qué tal? ¡Muy bien!", ["¿Qué tal?", "¡Muy bien!"]),
        ("Well... maybe. Yes…", ["Well...", "maybe.", "Yes…"]),
        ("你好。今天好吗？好！", ["你好。", "今天好吗？", "好！"]),
        ("A heading\n\nA paragraph\nA list item", ["A heading", "A paragraph", "A list item"]),
        (
            "A line that is long enough to have been once\nwrapped by an editor.",
            ["A line that is long enough to have been once wrapped by an editor."],
        ),
        ("milk\neggs\nbread", ["milk", "eggs", "bread"]),
        ("I said no. She left. See No. 5.", ["I said no.", "She left.", "See No. 5."]),
        ("no marks at all", ["no marks at all"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_splitting(text: str, pieces: list[str] | None) -> None:
    assert texts(text) == (pieces if pieces is not None else [text])


def test_pauses_tell_sentences_from_paragraphs_and_clauses() -> None:
    clause = "and so it went on for a good long while, "
    pieces = split("One. Two.\nThree. " + clause * 6)
    pauses = [piece.pause for piece in pieces]
    assert pauses[:3] == [SENTENCE_PAUSE, PARAGRAPH_PAUSE, SENTENCE_PAUSE]
    assert pauses[3] == CLAUSE_PAUSE
    assert pieces[3].text.endswith(",")


def test_long_unpunctuated_text_is_cut_between_words_without_a_pause() -> None:
    pieces = split("word " * 200)
    assert all(piece.text.split() == ["word"] * len(piece.text.split()) for piece in pieces)
    assert sum(len(piece.text.split()) for piece in pieces) == 200
    assert {piece.pause for piece in pieces[:-1]} == {0}


def test_a_number_or_time_is_not_cut_in_two() -> None:
    text = "at 12:34 it cost 1,234.56 " * 20
    assert " ".join(texts(text)).split() == text.split()


@settings(deadline=None)
@given(st.text(st.sampled_from("abcXYZ é語。ह.,;:!?\"')( \n-1"), max_size=1500))
def test_every_character_but_white_space_comes_out_in_order(text: str) -> None:
    pieces = texts(text)
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert all(0 < len(piece) <= MAX_CHARACTERS for piece in pieces)


@pytest.mark.timeout(20)
@pytest.mark.parametrize("mark", [".", "!?", "a. ", ".)", "(", "\n "])
def test_endless_marks_take_no_more_than_linear_time(mark: str) -> None:
    # Quadratic time would be minutes here.
    text = (mark * 100_000).strip()
    assert "".join("".join(texts(text)).split()) == "".join(text.split())


@pytest.mark.parametrize("symbol", list("a1.-!é語"))
def test_text_without_spaces_is_broken_into_pieces(symbol: str) -> None:
    pieces = texts(symbol * 4096)
    assert "".join("".join(pieces).split()) == symbol * 4096
    assert all(len(piece) <= MAX_CHARACTERS for piece in pieces)
