"""Counts of events in an engine, for metrics."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from app.tts.types import Lock


@dataclass(frozen=True)
class EngineTotals:
    """The count of each event since the engine was built."""

    cache_hits: int = 0
    """Pieces of text that came from the cache."""

    cache_misses: int = 0
    """Pieces of text that had to be spoken."""

    dropped_phonemes: int = 0
    """Symbols that were left out because the model does not know them."""


class EngineCounts:
    """Counts events in an engine; threads may share it."""

    def __init__(self, new_lock: Callable[[], Lock] = threading.Lock) -> None:
        self._cache_hits = self._cache_misses = self._dropped_phonemes = 0
        self._lock = new_lock()

    def cache_asked(self, *, found: bool) -> None:
        """Count a look-up of a piece of text in the cache."""
        with self._lock:
            self._cache_hits += found
            self._cache_misses += not found

    def phonemes_dropped(self, number: int) -> None:
        """Count `number` symbols that were left out."""
        with self._lock:
            self._dropped_phonemes += number

    def totals(self) -> EngineTotals:
        """Return the present counts."""
        with self._lock:
            return EngineTotals(self._cache_hits, self._cache_misses, self._dropped_phonemes)
