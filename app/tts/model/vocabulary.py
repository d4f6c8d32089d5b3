"""The model's vocabulary, from phonemes to token ids."""

import json
import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path

from app.tts.languages import Language

VOCABULARY_FILE = Path(__file__).parent.parent / "data" / "vocab.json"
MAX_TOKENS = 510
"""Most tokens in one run; the model's context is 512 with the padding at both ends."""


MANY_DROPPED = 0.05
"""Share of an utterance's symbols above which leaving them out is worth a warning."""

log = logging.getLogger(__name__)


class DroppedSymbols:
    """Counts the symbols of an utterance that are not in the vocabulary."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.number = 0
        """Number of symbols left out so far."""
        self._symbols = 0

    def count(self, symbols: int, dropped: int) -> None:
        """Count a piece of `symbols` phonemes, `dropped` of which were left out."""
        self._symbols += symbols
        self.number += dropped

    def log(self) -> None:
        """Log the count, as a warning if it is large."""
        if self.number:
            is_many = self.number > MANY_DROPPED * self._symbols
            log.log(
                logging.WARNING if is_many else logging.DEBUG,
                "%s: %d of %d phoneme symbols are not in the model's vocabulary and were left out.",
                self.language.name,
                self.number,
                self._symbols,
            )


class Vocabulary:
    """Maps each phoneme symbol to its token id."""

    def __init__(self, ids: Mapping[str, int]) -> None:
        self._ids = ids
        # Runs are best cut at a pause, or else between words.
        self._break_marks = [
            [ids[mark] for mark in marks if mark in ids] for marks in (".!?…;:,—", " ")
        ]

    @classmethod
    def load(cls, path: Path = VOCABULARY_FILE) -> "Vocabulary":
        """Read the vocabulary shipped with the package."""
        return cls(json.loads(path.read_text("utf-8"))["vocab"])

    @property
    def symbols(self) -> Collection[str]:
        """The phonemes, marks and the space that the model knows."""
        return self._ids.keys()

    def encode(self, phonemes: str) -> list[int]:
        """Return the token ids of `phonemes`, without those of unknown symbols."""
        return [self._ids[symbol] for symbol in phonemes if symbol in self._ids]

    def bounds(self, phonemes: str, words: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Convert the bounds of `words` in `phonemes` to their bounds among the tokens."""
        known = (symbol in self._ids for symbol in phonemes)
        before = list(accumulate(known, initial=0))
        return [(before[start], before[end]) for start, end in words]

    def runs(self, tokens: list[int], limit: int = MAX_TOKENS) -> Iterator[list[int]]:
        """Cut `tokens` into runs of at most `limit`, at the last pause or word end that fits."""
        while len(tokens) > limit:
            cut = self._last_break(tokens[:limit]) or limit
            yield tokens[:cut]
            tokens = tokens[cut:]
        if tokens:
            yield tokens

    def _last_break(self, tokens: list[int]) -> int:
        for marks in self._break_marks:
            for position in range(len(tokens), len(tokens) // 2, -1):
                if tokens[position - 1] in marks:
                    return position
        return 0
