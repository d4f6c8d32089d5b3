"""Captions are readable: one sentence each, short lines, correct times."""

import pytest

from app.tts.types import TimedWord
from app.web.delivery.captions import LINE_CHARACTERS, MAX_SECONDS, cues, subrip, webvtt


def spoken(text: str, start: float = 0.0, seconds: float = 0.4) -> list[TimedWord]:
    """Return words without gaps between them."""
    return [
        TimedWord(word, start + number * seconds, start + (number + 1) * seconds)
        for number, word in enumerate(text.split())
    ]


def test_a_sentence_is_a_caption() -> None:
    words = [*spoken("How are you?"), *spoken("I am well.", start=1.5)]
    assert [(cue.text, cue.start, round(cue.end, 3)) for cue in cues(words)] == [
        ("How are you?", 0.0, 1.2),
        ("I am well.", 1.5, 2.7),
    ]


def test_a_full_stop_without_a_pause_ends_no_sentence() -> None:
    assert [cue.text for cue in cues(spoken("Call Dr. Smith."))] == ["Call Dr. Smith."]


@pytest.mark.parametrize("first", ["\u201cStop!\u201d", "(Stop.)", "好。", "हाँ।"])
def test_quotes_and_marks_of_every_script_end_a_sentence(first: str) -> None:
    words = [*spoken(first), *spoken("Go.", start=0.7)]
    assert [cue.text for cue in cues(words)] == [first, "Go."]


def test_no_caption_has_more_than_two_lines_of_42_characters_and_no_word_is_lost() -> None:
    text = "the quick brown fox jumps over the lazy dog and then " * 5
    made = list(cues(spoken(text, seconds=0.1)))
    assert " ".join(cue.text for cue in made).split() == text.split()
    for cue in made:
        lines = cue.text.split("\n")
        assert len(lines) <= 2
        assert all(len(line) <= LINE_CHARACTERS for line in lines)


def test_no_caption_is_shown_for_too_long() -> None:
    made = list(cues(spoken("one two three four five six seven eight nine ten", seconds=1.5)))
    assert len(made) > 1
    assert all(cue.end - cue.start <= MAX_SECONDS for cue in made)


def test_no_caption_spans_a_long_silence() -> None:
    words = [*spoken("Wait for"), *spoken("it", start=5.0)]
    assert [cue.text for cue in cues(words)] == ["Wait for", "it"]


def test_a_word_longer_than_a_line_is_kept() -> None:
    word = "https://example.org/" + "x" * 100
    assert "".join("".join(cue.text.split()) for cue in cues(spoken(f"See {word} now."))) == (
        f"See{word}now."
    )


def test_chinese_and_japanese_have_no_spaces() -> None:
    assert [cue.text for cue in cues(spoken("你好， 世界。"))] == ["你好，世界。"]


def test_subrip_is_numbered_with_comma_milliseconds() -> None:
    words = [*spoken("Hello."), *spoken("Bye.", start=3725.5)]
    assert subrip(words) == (
        "1\n00:00:00,000 --> 00:00:00,400\nHello.\n\n2\n01:02:05,500 --> 01:02:05,900\nBye.\n\n"
    )


def test_webvtt_has_its_header_and_escapes_marks() -> None:
    assert webvtt(spoken("a<b> & c")) == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.200\na&lt;b&gt; &amp; c\n\n"
    )


def test_no_words_make_an_empty_file() -> None:
    assert subrip([]) == ""
    assert webvtt([]) == "WEBVTT\n\n"
