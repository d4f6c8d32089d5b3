"""A cache of spoken sentences: assistants say the same phrases all day."""

import sys
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, is_dataclass

from cachetools import LRUCache

from app.tts.types import AudioSegment, Lock

ENTRY_BYTES = 1_000
"""Memory of a sentence besides its key, samples and times."""


@dataclass(frozen=True)
class _Entry:
    sentence: AudioSegment
    size: int


class SentenceCache:
    """The most recently used sentences, up to a number of bytes; threads may share it."""

    def __init__(self, max_bytes: int, new_lock: Callable[[], Lock]) -> None:
        self._max_bytes = max_bytes
        self._entries: LRUCache[Hashable, _Entry] = LRUCache(
            max_bytes, getsizeof=lambda entry: entry.size
        )
        self._lock = new_lock()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: Hashable) -> AudioSegment | None:
        """Return the sentence kept under `key`, or None."""
        with self._lock:
            entry = self._entries.get(key)
            return None if entry is None else entry.sentence

    def put(self, key: Hashable, sentence: AudioSegment) -> None:
        """Keep a whole `sentence`, and drop the least recently used ones to make room for it.

        A sentence without sound is not kept.
        """
        size = ENTRY_BYTES + _bytes_of(key) + _bytes_of(sentence.times) + sentence.samples.nbytes
        if not sentence.samples.size or size > self._max_bytes:
            return
        with self._lock:
            self._entries[key] = _Entry(sentence, size)


def _bytes_of(value: object) -> int:
    """Return the memory of a value made of tuples and dataclasses; shared parts count twice."""
    parts: Iterable[object] = ()
    if isinstance(value, tuple):
        parts = value
    elif is_dataclass(value):
        parts = vars(value).values()
    return sys.getsizeof(value) + sum(map(_bytes_of, parts))
