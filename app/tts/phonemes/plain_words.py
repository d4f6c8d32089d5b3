"""English words that are said in one way only, whatever stands around them."""

import re
from collections.abc import Mapping

from cachetools import LRUCache

from app.tts.phonemes.g2p import GraphemesToPhonemes

# misaki reads these by their part of speech or by the next word.
_IN_CONTEXT = frozenset({"am", "an", "by", "in", "the", "to", "used", "vs"})
_MOST_COMPOUNDS = 10_000
_WORD = re.compile(r"([a-z]{2,}(?:-[a-z]{2,}){0,3})([,.!?]?)")


class PlainWords:
    """Reads text that consists of such words, without regard to their neighbours.

    Written-out numbers are such text, and thousands of digits would take misaki seconds.
    """

    def __init__(
        self, dictionary: Mapping[str, object], read_in_context: GraphemesToPhonemes
    ) -> None:
        """Read words by misaki's dictionary, and each compound once through the engine."""
        self._dictionary = dictionary
        self._read_in_context = read_in_context
        # The number of words is limited, but not that of compounds.
        self._compounds: LRUCache[str, str] = LRUCache(_MOST_COMPOUNDS)

    def read(self, text: str) -> str | None:
        """Return the same phonemes of `text` as misaki, or None if they depend on context."""
        phonemes = []
        for word in text.split():
            match = _WORD.fullmatch(word)
            sound = match and self._sound(match[1])
            if match is None or sound is None:
                return None
            phonemes.append(sound + match[2])
        return " ".join(phonemes)

    def _sound(self, word: str) -> str | None:
        parts = word.split("-")
        if not all(part not in _IN_CONTEXT and self._is_plain(part) for part in parts):
            return None
        sound = self._compounds.get(word)
        if sound is None:
            sound = self._compounds[word] = self._read_in_context(word)
        return sound

    def _is_plain(self, word: str) -> bool:
        entry = self._dictionary.get(word)
        if entry is None and word.endswith("s"):
            entry = self._dictionary.get(word[:-1])
        return isinstance(entry, str)
