"""No text hangs or crashes a language, or gets the words of another text that is read meanwhile."""

import gc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tts.errors import InputError
from app.tts.languages import LANGUAGES, Language
from app.tts.model.vocabulary import MAX_TOKENS, Vocabulary
from app.tts.phonemes import Phonemizer
from app.tts.phonemes.spans import phonemize_spans
from app.tts.phonemes.words import phonemize_words
from app.tts.text.front_end import FrontEnd
from app.tts.text.lexicon import Lexicon
from app.tts.text.pieces import MAX_CHARACTERS
from app.tts.text.spans import Words
from tests.hypothesis_profiles import examples
from tests.tts.hostile_texts import hostile_texts

VOCABULARY = Vocabulary.load()
PHONEMIZER = Phonemizer()
FRONT_END = FrontEnd(VOCABULARY.symbols, Lexicon(), True, PHONEMIZER.is_installed)
RSS_GROWTH = 8 << 20
"""Bytes that allocators may take without a leak; 10,000 kept words would take more."""


def phonemes(text: str, language: Language) -> list[str]:
    try:
        pieces = list(FRONT_END.read(text, language))
    except InputError:  # for a pause or phonemes, which is right
        return []
    found = []
    for piece in pieces:
        spoken = "".join(span.text for span in piece.spans if isinstance(span, Words))
        assert len(spoken) <= MAX_CHARACTERS
        found.append(phonemize_spans(piece.spans, PHONEMIZER, VOCABULARY.symbols))
        runs = list(VOCABULARY.runs(VOCABULARY.encode(found[-1])))
        assert all(len(run) <= MAX_TOKENS for run in runs)
    return found


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("letter", sorted(LANGUAGES))
def test_hostile_texts_are_read_in_bounded_time(letter: str) -> None:
    for text in hostile_texts(600):
        phonemes(text, LANGUAGES[letter])


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("letter", sorted(LANGUAGES))
def test_the_words_of_hostile_texts_are_found_in_bounded_time(letter: str) -> None:
    for text in hostile_texts(300):
        found = []
        try:
            for piece in FRONT_END.read(text, LANGUAGES[letter], with_sources=True):
                sounds, bounds = phonemize_words(piece.spans, PHONEMIZER, VOCABULARY.symbols)
                found.append(sounds)
                assert len(bounds) == len(piece.sources)
                edges = [edge for word in bounds for edge in word]
                assert edges == sorted(edges)
        except InputError:
            continue
        assert found == phonemes(text, LANGUAGES[letter])


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_four_threads_get_what_one_gets() -> None:
    jobs = [
        (text, LANGUAGES[letter])
        for number, text in enumerate(hostile_texts(200))
        for letter in (sorted(LANGUAGES)[number % 9], sorted(LANGUAGES)[(number + 4) % 9])
    ]
    alone = [phonemes(*job) for job in jobs]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda job: phonemes(*job), jobs))
    assert together == alone


@pytest.mark.slow
@pytest.mark.parametrize("letter", sorted(LANGUAGES))
@examples(0.5)
@given(text=st.text(max_size=300))
def test_any_text_is_read(letter: str, text: str) -> None:
    phonemes(text, LANGUAGES[letter])


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_ten_thousand_different_texts_leave_no_memory_behind() -> None:
    letters = sorted(LANGUAGES)

    def read(numbers: range) -> None:
        for number in numbers:
            word = "".join(chr(ord("a") + int(digit)) for digit in str(number))
            text = f"zo{word}k {number} {chr(0x4E00 + number % 5000)}"
            phonemes(text, LANGUAGES[letters[number % len(letters)]])

    read(range(10_000, 12_000))
    before = resident_bytes()
    read(range(20_000, 30_000))
    assert resident_bytes() - before < RSS_GROWTH


def resident_bytes() -> int:
    """Return what the process holds itself; a dictionary's mapped file comes in as it is used."""
    gc.collect()
    lines = Path("/proc/self/status").read_text().splitlines()
    (line,) = (line for line in lines if line.startswith("RssAnon"))
    return int(line.split()[1]) << 10
