"""What an engine counts while it speaks, for those who watch it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from app.tts.types import Lock


@dataclass(frozen=True)
class EngineTotals:
    """How often each thing happened since the engine was made."""

    cache_hits: int = 0
    """Pieces of text that came from the cache."""

    cache_misses: int = 0
    """Pieces of text that had to be spoken."""

    dropped_phonemes: int = 0
    """Symbols that were left out because the model does not know them."""


class EngineCounts:
    """Counts what happens in an engine; threads may share it."""

    def __init__(self, new_lock: Callable[[], Lock] = threading.Lock) -> None:
        self._cache_hits = self._cache_misses = self._dropped_phonemes = 0
        self._lock = new_lock()

    def cache_asked(self, *, found: bool) -> None:
        """Count a piece of text that the cache was asked for."""
        with self._lock:
            self._cache_hits += found
            self._cache_misses += not found

    def phonemes_dropped(self, number: int) -> None:
        """Count `number` symbols that were left out."""
        with self._lock:
            self._dropped_phonemes += number

    def totals(self) -> EngineTotals:
        """Return all counts as they are now."""
        with self._lock:
            return EngineTotals(self._cache_hits, self._cache_misses, self._dropped_phonemes)
