"""Finds the written word that each spoken word comes from."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt
import regex

from app.tts.alignment import align
from app.tts.text.clean import is_speakable
from app.tts.text.written_text import WrittenText

# Chinese and Japanese have no spaces: there, everything between two marks counts as a word.
_WORD = regex.compile(r"[^\s、，。！？：；」』）]*[、，。！？：；」』）]+|\S+")
_DASH = "—"
"""Never said, unlike other signs."""

_SENTENCE_MARKS = frozenset(".!?…,;:")

_EQUAL, _SIMILAR, _DIFFERENT = 0, 6, 12
_ONE_OF_SEVERAL, _ONLY_ONE, _SILENT = 9, 15, 5
"""Costs of leaving out one of several spoken words of a written one, its only one, or a mark."""


def words_of(text: str) -> list[str]:
    """Return the words of `text` with the marks that touch them, and signs that stand alone."""
    return [word for word in _WORD.findall(text) if word != _DASH]


def spoken_words(text: str) -> tuple[str, ...]:
    """Return the words of `text` that hold a letter or digit to say."""
    return tuple(word for word in words_of(text) if is_speakable(word))


@dataclass(frozen=True)
class Source:
    """The written word that a spoken word comes from."""

    text: str
    """The written word with its punctuation, without Markdown."""

    is_first: bool
    is_last: bool
    """Whether the spoken word is the first or last that comes from it."""


def match_words(expected: Sequence[Sequence[str]], spoken: Sequence[str]) -> list[int]:
    """Return, for each of the `spoken` words of a sentence, the index of its written word.

    `expected` holds the spoken words of each written word alone; in a sentence, the words around it
    may change them, as in dates and amounts. Indices never fall.
    """
    if not expected or not spoken:
        return []
    alone = [(number, word) for number, words in enumerate(expected) for word in words or [""]]
    if [word for _, word in alone] == list(spoken):
        return [number for number, _ in alone]
    first, second = [_key(word) for _, word in alone], [_key(word) for word in spoken]
    equal = _equal(first, second)
    similar = _equal([key[:3] for key in first], [key[:3] for key in second])
    costs = np.where(equal, _EQUAL, np.where(similar, _SIMILAR, _DIFFERENT)).astype(np.int64)
    deletions = [
        _SILENT if not word else _ONE_OF_SEVERAL if len(expected[number]) > 1 else _ONLY_ONE
        for number, word in alone
    ]
    return [alone[place][0] for place in align(costs, np.array(deletions, np.int64))]


class SentenceSources:
    """Gathers the written words behind the spoken words of a sentence, part by part."""

    def __init__(self, written: WrittenText) -> None:
        self._written = written
        self._spellings: list[str] = []
        self._pieces: list[list[int]] = []

    def add(
        self,
        words: Sequence[str],
        expected: Sequence[Sequence[str]],
        pieces: Sequence[Sequence[str]],
    ) -> None:
        """Add a part of cleaned written `words`, with the spoken words of each of its `pieces`.

        `expected` holds the spoken words of each of `words` alone, as for `match_words`.
        """
        numbers = match_words(expected, [word for piece in pieces for word in piece])
        spellings = [self._written.spelling(word) for word in words]
        _join_unsaid(spellings, expected, set(numbers))
        following = iter(len(self._spellings) + number for number in numbers)
        self._pieces += [[next(following) for _ in piece] for piece in pieces]
        self._spellings += spellings

    def of_pieces(self) -> Iterator[tuple[Source, ...]]:
        """Return the sources of the spoken words, piece by piece."""
        flat = [None, *chain.from_iterable(self._pieces), None]
        position = 0
        for piece in self._pieces:
            around = zip(piece, flat[position:], flat[position + 2 :], strict=False)
            yield tuple(
                Source(self._spellings[number], before != number, after != number)
                for number, before, after in around
            )
            position += len(piece)


def _join_unsaid(
    spellings: list[str], expected: Sequence[Sequence[str]], said: Collection[int]
) -> None:
    """Join words that are said as a part of another with it, such as the sign of an amount."""
    for number, alone in enumerate(expected):
        if number in said or not alone:
            continue
        is_behind = number - 1 in said and spellings[number][-1:] in _SENTENCE_MARKS
        if is_behind or number + 1 not in said:
            if number - 1 in said:
                spellings[number - 1] += f" {spellings[number]}"
        else:
            spellings[number + 1] = f"{spellings[number]} {spellings[number + 1]}"


def _key(word: str) -> str:
    return "".join(filter(str.isalnum, word)).casefold() or word


def _equal(first: Sequence[str], second: Sequence[str]) -> npt.NDArray[np.bool_]:
    numbers: dict[str, int] = {}
    one, other = (
        np.array([numbers.setdefault(key, len(numbers)) for key in keys], np.int64)
        for keys in (first, second)
    )
    return np.equal.outer(one, other)
