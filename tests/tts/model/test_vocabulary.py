"""Phonemes become the ids that the model was trained with, and long texts several runs."""

import hashlib

import pytest

from app.tts.model.vocabulary import MAX_TOKENS, VOCABULARY_FILE, Vocabulary


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.load()


def test_the_vocabulary_is_the_published_one() -> None:
    assert hashlib.sha256(VOCABULARY_FILE.read_bytes()).hexdigest() == (
        "ba536e2187cf4a12827b4e6138f29c17b795fcc3f8155386408d8d4edc229a41"
    )


def test_phonemes_become_ids_and_foreign_symbols_none(vocabulary: Vocabulary) -> None:
    assert vocabulary.encode("həlˈO.") == [50, 83, 54, 156, 31, 4]
    assert vocabulary.encode("h❓h") == [50, 50]
    assert vocabulary.encode("") == []


def test_words_are_found_among_the_tokens_though_some_symbols_have_none(
    vocabulary: Vocabulary,
) -> None:
    assert vocabulary.bounds("❓ab ❓ cd", [(0, 3), (4, 5), (6, 8)]) == [(0, 2), (3, 3), (4, 6)]


@pytest.mark.parametrize("length", [0, 1, MAX_TOKENS, MAX_TOKENS + 1, 3 * MAX_TOKENS + 7])
def test_no_run_is_too_long_and_no_token_is_lost(vocabulary: Vocabulary, length: int) -> None:
    tokens = vocabulary.encode("a" * length)
    runs = list(vocabulary.runs(tokens))
    assert all(0 < len(run) <= MAX_TOKENS for run in runs)
    assert [token for run in runs for token in run] == tokens


@pytest.mark.parametrize(
    ("phonemes", "first"),
    [
        ("aaaaa, aaa aaa", "aaaaa,"),  # a pause is better than the end of a word
        ("aa aaa aaaaaaa", "aa aaa "),
        ("a, aaaaaaaaaaa", "a, aaaaaaa"),  # too early to cut there
    ],
)
def test_a_run_ends_at_a_pause_or_else_a_word(
    vocabulary: Vocabulary, phonemes: str, first: str
) -> None:
    runs = list(vocabulary.runs(vocabulary.encode(phonemes), limit=10))
    assert runs[0] == vocabulary.encode(first)
