"""Finds which word of a text, as it was written, each spoken word comes from."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import regex

from app.tts.alignment import align
from app.tts.text.clean import PLAIN_SIGNS, is_speakable
from app.tts.text.markup import PLACEHOLDER

# Chinese and Japanese do without spaces: there, what stands between marks goes for a word.
_WORD = regex.compile(r"[^\s、，。！？：；」』）]*[、，。！？：；」』）]+|\S+")
_DASH = "—"
"""Never said, unlike other signs."""

_REPEATABLE = re.compile(r"[.!?…,;:—–！？。，、；：-]*")
_CORE = regex.compile(r"[\w\U000f0000-\U0010fffd](?:.*[\w\p{M}\U000f0000-\U0010fffd])?")
_CLOSING = re.compile(r"[.!?…,;:！？。।॥，、；：]*")
_NEAR, _FAR = 300, 20_000
"""Characters of the source that are searched for a word: more after each that was not found."""
_MOST_TRIES = 8

_EQUAL, _SIMILAR, _DIFFERENT = 0, 6, 12
_ONE_OF_SEVERAL, _ONLY_ONE, _SILENT = 9, 15, 5
"""What it costs to leave out one spoken word of a written one, its only one, or a mark."""


def words_of(text: str) -> list[str]:
    """Return the words of `text` with the marks that touch them, and signs that stand alone."""
    return [word for word in _WORD.findall(text) if word != _DASH]


def spoken_words(text: str) -> tuple[str, ...]:
    """Return the words of `text` that have a letter or digit to say."""
    return tuple(word for word in words_of(text) if is_speakable(word))


@dataclass(frozen=True)
class Source:
    """The written word that a spoken one comes from."""

    text: str
    """As it was written, with its punctuation and without Markdown."""

    is_first: bool
    is_last: bool
    """Whether the spoken word is the first, or the last, that comes from it."""


class WrittenText:
    """A text in which cleaned words are looked up, one after the other."""

    def __init__(self, text: str, overridden: Mapping[str, str]) -> None:
        """Look words up in `text`, where a placeholder stands for each word of `overridden`."""
        self._source = unicodedata.normalize("NFC", text)
        self._plain = self._source.translate(PLAIN_SIGNS)
        self._overridden = overridden
        self._position = self._missed = 0

    def spelling(self, word: str) -> str:
        """Return the next `word`, which `clean` may have changed, as the text has it."""
        found = self._find(word, _REPEATABLE) if word else None
        if found is None:
            found = self._find_core(word) or word
        return PLACEHOLDER.sub(lambda match: self._overridden.get(match[0], ""), found)

    def _find_core(self, word: str) -> str | None:
        """Find a word whose marks at the ends are others: those of Markdown are left out."""
        core = _CORE.search(word)
        found = self._find(core[0], None) if core else None
        if core is None or found is None:
            self._missed += 1
            return None
        before, after = word[: core.start()], word[core.end() :]
        closing = _CLOSING.match(self._source, self._position)
        if closing and closing[0] and _CLOSING.fullmatch(after) and after:
            after = closing[0]
            self._position = closing.end()
        return before + found + after

    def _find(self, word: str, ending: re.Pattern[str] | None) -> str | None:
        """Find `word` as it is, and go on behind it and what `ending` matches."""
        start = self._position
        limit = start + min(_FAR, _NEAR * (1 + self._missed)) + len(word)
        for _ in range(_MOST_TRIES):
            start = self._plain.find(word, start, limit)
            if start < 0:
                return None
            end = start + len(word)
            if _is_apart(self._plain, start) and _is_apart(self._plain, end):
                break
            start += 1
        else:
            return None
        if ending and _REPEATABLE.fullmatch(word[-1]):
            match = ending.match(self._plain, end)
            end = match.end() if match else end
        self._position, self._missed = end, 0
        return self._source[start:end]


def match_words(expected: Sequence[Sequence[str]], spoken: Sequence[str]) -> list[int]:
    """Return, for each of the `spoken` words of a sentence, which written word it comes from.

    `expected` holds what each written word would be alone; what the words around it make of it may
    be another, as of a date or an amount. The numbers rise.
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


def sources(
    spellings: Sequence[str], origins: Iterable[Sequence[int]]
) -> Iterator[tuple[Source, ...]]:
    """Say for each piece of a sentence which words its spoken words come from.

    `origins` holds for each piece the places in `spellings` that its spoken words come from.
    """
    pieces = list(origins)
    flat = [-1, *(number for piece in pieces for number in piece), -1]
    position = 1
    for piece in pieces:
        neighbours = zip(flat[position - 1 :], piece, flat[position + 1 :], strict=False)
        yield tuple(
            Source(spellings[number], before != number, after != number)
            for before, number, after in neighbours
        )
        position += len(piece)


def _is_apart(text: str, position: int) -> bool:
    """Whether no letters of one word stand on both sides of `position`."""
    around = text[position - 1 : position + 1] if position else ""
    return not (len(around) == 2 and around.isalnum() and around.isascii())


def _key(word: str) -> str:
    return "".join(filter(str.isalnum, word)).casefold() or word


def _equal(
    first: Sequence[str], second: Sequence[str]
) -> "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]":
    numbers: dict[str, int] = {}
    one, other = (
        np.array([numbers.setdefault(key, len(numbers)) for key in keys], np.int64)
        for keys in (first, second)
    )
    return np.equal.outer(one, other)
