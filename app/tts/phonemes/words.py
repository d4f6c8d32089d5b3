"""Finds the place of each word in the phonemes of a piece."""

import re
from collections.abc import Collection, Iterator, Sequence

import numpy as np

from app.tts.alignment import align
from app.tts.languages import Language
from app.tts.phonemes import Phonemizer
from app.tts.phonemes.spans import each_phonemized
from app.tts.text.spans import Pronunciation, Span

Bounds = tuple[int, int]
"""Start and end in a sequence."""

_MARKS = ' ;:,.!?—…"()“”'
_WORD = re.compile(r"\S+")
_DIFFERENT, _DELETION = 12, 9


def phonemize_words(
    spans: Sequence[Span], phonemizer: Phonemizer, symbols: Collection[str]
) -> tuple[str, list[Bounds]]:
    """Return the phonemes of `spans`, as `phonemize_spans` does, and the bounds of their words.

    The bounds of a word exclude marks at its ends, and are equal if nothing is said for it. Raises
    `InputError` as `Phonemizer.phonemize` does.
    """
    joined, bounds = "", []
    for span, phonemes in each_phonemized(spans, phonemizer, symbols):
        for start, end in _bounds(span, phonemes, phonemizer):
            bounds.append((len(joined) + start, len(joined) + end))
        joined += phonemes
    return joined, bounds


def _bounds(span: Span, phonemes: str, phonemizer: Phonemizer) -> list[Bounds]:
    if isinstance(span, Pronunciation):
        return [_without_marks(phonemes, (0, len(phonemes)))]
    found = [_without_marks(phonemes, match.span()) for match in _WORD.finditer(phonemes)]
    found = [(start, end) for start, end in found if start < end]
    # The engines of Chinese and Japanese find words of their own; others join a few.
    if len(found) == len(span.words):
        return found
    return list(_aligned(span.words, phonemes, span.language, phonemizer))


def _aligned(
    words: Sequence[str], phonemes: str, language: Language, phonemizer: Phonemizer
) -> Iterator[Bounds]:
    """Find the bounds of `words` by comparing with the phonemes of each word alone."""
    alone = [
        (number, symbol)
        for number, word in enumerate(words)
        for symbol in phonemizer.phonemize(word, language)
        if symbol not in _MARKS
    ]
    places = [place for place, symbol in enumerate(phonemes) if symbol not in _MARKS]
    found: list[list[int]] = [[] for _ in words]
    if alone and places:
        said = np.array([ord(phonemes[place]) for place in places])
        expected = np.array([ord(symbol) for _, symbol in alone])
        costs = np.where(np.equal.outer(expected, said), 0, _DIFFERENT).astype(np.int64)
        deletions = np.full(len(alone), _DELETION, np.int64)
        for place, origin in zip(places, align(costs, deletions), strict=True):
            found[alone[origin][0]].append(place)
    end = 0
    for word_places in found:
        start, end = (word_places[0], word_places[-1] + 1) if word_places else (end, end)
        yield start, end


def _without_marks(phonemes: str, bounds: Bounds) -> Bounds:
    word = phonemes[slice(*bounds)]
    start = bounds[0] + len(word) - len(word.lstrip(_MARKS))
    return start, start + len(word.strip(_MARKS))
