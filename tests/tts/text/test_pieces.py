"""Sentences of any length are cut into pieces that the model can speak, at the best place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tts.text.pieces import (
    CLAUSE_PAUSE,
    MAX_CHARACTERS,
    MAX_UNSPACED_CHARACTERS,
    MAX_WORD_CHARACTERS,
    split_pieces,
)


def texts(sentence: str) -> list[str]:
    return [text for text, _ in split_pieces(sentence, 0.35)]


def test_a_short_sentence_is_one_piece_with_its_pause() -> None:
    assert list(split_pieces("Just this.", 0.35)) == [("Just this.", 0.35)]
    assert not texts("")


def test_a_long_sentence_is_cut_after_a_comma_with_a_short_pause() -> None:
    pieces = list(split_pieces("and so it went on for a good long while, " * 6, 0.35))
    assert [pause for _, pause in pieces] == [CLAUSE_PAUSE, 0.35]
    assert pieces[0][0].endswith("while,")


def test_a_sentence_is_not_cut_after_its_first_words() -> None:
    assert len(texts("No, " + "word " * 60)[0]) > MAX_CHARACTERS / 2


def test_a_semicolon_is_better_than_a_later_comma() -> None:
    sentence = "word " * 20 + "end; " + "word " * 10 + "end, " + "word " * 20
    assert texts(sentence)[0].endswith("end;")


def test_text_without_marks_is_cut_between_words_without_a_pause() -> None:
    pieces = list(split_pieces("word " * 200, 0.35))
    assert sum(text.split().count("word") for text, _ in pieces) == 200
    assert {pause for _, pause in pieces[:-1]} == {0}


def test_a_number_or_time_is_not_cut_in_two() -> None:
    sentence = "at 12:34 it cost 1,234.56 " * 20
    assert " ".join(texts(sentence)).split() == sentence.split()


@pytest.mark.parametrize("script", ["日本語のテキスト", "没有标点的中文文本"])
def test_scripts_without_spaces_have_shorter_pieces(script: str) -> None:
    pieces = texts(script * 100)
    assert "".join(pieces) == script * 100
    assert max(map(len, pieces)) <= MAX_UNSPACED_CHARACTERS


@pytest.mark.parametrize("mark", ["、", "，", "；", "。"])
def test_scripts_without_spaces_are_cut_at_their_marks(mark: str) -> None:
    assert texts(("文" * 60 + mark) * 3)[0] == "文" * 60 + mark


@given(st.text(st.sampled_from("abcXYZ é語。ह.,;:!?\"')( -1"), max_size=1500))
def test_every_character_but_white_space_comes_out_in_order(sentence: str) -> None:
    pieces = texts(sentence)
    assert "".join("".join(pieces).split()) == "".join(sentence.split())
    assert all(0 < len(piece) <= MAX_CHARACTERS for piece in pieces)


@pytest.mark.parametrize("symbol", list("a1.-!é語ह"))
def test_text_without_spaces_is_broken_into_pieces(symbol: str) -> None:
    pieces = texts(symbol * 4096)
    assert "".join("".join(pieces).split()) == symbol * 4096
    assert all(len(piece) <= MAX_CHARACTERS for piece in pieces)
    assert symbol == "語" or all(
        len(word) <= MAX_WORD_CHARACTERS for piece in pieces for word in piece.split()
    )
