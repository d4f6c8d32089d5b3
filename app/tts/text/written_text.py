"""Finds the original spelling of cleaned words in the text as it was sent."""

import re
import unicodedata
from collections.abc import Mapping
from itertools import takewhile

import regex

from app.tts.text.clean import PLAIN_SIGNS
from app.tts.text.markup import PLACEHOLDER, PLACEHOLDERS

_REPEATABLE = re.compile(r"[.!?…,;:—–！？。，、；：-]*")
_CORE = regex.compile(rf"[\w{PLACEHOLDERS}](?:.*[\w\p{{M}}{PLACEHOLDERS}])?")
_CLOSING = re.compile(r"[.!?…,;:！？。।॥，、；：]*")
_NEAR, _FAR = 300, 20_000
"""Characters of the source that are searched for a word: more after every word not found."""
_MOST_TRIES = 8


class WrittenText:
    """A text in which cleaned words are looked up in their order."""

    def __init__(self, text: str, overridden: Mapping[str, str]) -> None:
        """Look words up in `text`, which has a placeholder for each word of `overridden`."""
        self._source = unicodedata.normalize("NFC", text)
        self._plain = self._source.translate(PLAIN_SIGNS)
        self._overridden = overridden
        self._position = self._missed = 0

    def spelling(self, word: str) -> str:
        """Return the spelling in the text of the next `word`, which `clean` may have changed."""
        found = self._find(word, _REPEATABLE) if word else None
        if found is None:
            found = self._find_core(word) or word
        return PLACEHOLDER.sub(lambda match: self._overridden.get(match[0], ""), found)

    def _find_core(self, word: str) -> str | None:
        """Find a word with other marks at its ends, as those of Markdown were removed from it."""
        core = _CORE.search(word)
        found = self._find(core[0], None) if core else None
        if core is None or found is None:
            self._missed += 1
            return None
        before, after = word[: core.start()], word[core.end() :]
        start, end = self._position - len(found), self._position
        if self._plain.endswith(before, 0, start):
            before = self._source[start - len(before) : start]
        pairs = zip(after, self._plain[end : end + len(after)], strict=False)
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        after = self._source[end : end + same] + after[same:]
        closing = _CLOSING.match(self._source, self._position)
        if closing and closing[0] and _CLOSING.fullmatch(after) and after:
            after = closing[0]
            self._position = closing.end()
        return before + found + after

    def _find(self, word: str, ending: re.Pattern[str] | None) -> str | None:
        """Find `word` as it is, and move on past it and the match of `ending`."""
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


def _is_apart(text: str, position: int) -> bool:
    """Return whether `position` is not within a word of ASCII letters and digits."""
    around = text[position - 1 : position + 1] if position else ""
    return not (len(around) == 2 and around.isalnum() and around.isascii())
