"""The model's vocabulary: phonemes to token ids."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

VOCABULARY_FILE = Path(__file__).parent / "data" / "vocab.json"
MAX_TOKENS = 510
"""Most tokens of one run; the model's context is 512 with the padding at both ends."""


class Vocabulary:
    """Maps each phoneme symbol to its token id."""

    def __init__(self, ids: Mapping[str, int]) -> None:
        self._ids = ids
        # A run is best broken at a pause, else between words.
        self._break_marks = [
            [ids[mark] for mark in marks if mark in ids] for marks in (".!?…;:,—", " ")
        ]

    @classmethod
    def load(cls, path: Path = VOCABULARY_FILE) -> "Vocabulary":
        """Read the vocabulary that the package ships."""
        return cls(json.loads(path.read_text("utf-8"))["vocab"])

    def encode(self, phonemes: str) -> list[int]:
        """Return the token ids of `phonemes`; symbols outside the vocabulary have none."""
        return [self._ids[symbol] for symbol in phonemes if symbol in self._ids]

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
