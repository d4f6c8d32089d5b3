"""Remembers sentences that were spoken: assistants say the same phrases all day."""

from collections import OrderedDict
from collections.abc import Callable, Hashable

from app.tts.types import Lock, Stretch


class SentenceCache:
    """The sentences spoken last, up to a number of bytes; threads may share it."""

    def __init__(self, max_bytes: int, new_lock: Callable[[], Lock]) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._sentences: OrderedDict[Hashable, Stretch] = OrderedDict()
        self._lock = new_lock()

    def get(self, key: Hashable) -> Stretch | None:
        """Return the sentence kept under `key`, or None."""
        with self._lock:
            sentence = self._sentences.get(key)
            if sentence is not None:
                self._sentences.move_to_end(key)
            return sentence

    def put(self, key: Hashable, sentence: Stretch) -> None:
        """Keep a whole `sentence`, and forget those not asked for longest if they are too many."""
        size = sentence.samples.nbytes  # the times of words are nothing beside them
        if size > self._max_bytes:
            return
        with self._lock:
            replaced = self._sentences.pop(key, None)
            self._bytes += size - (replaced.samples.nbytes if replaced else 0)
            self._sentences[key] = sentence
            while self._bytes > self._max_bytes:
                self._bytes -= self._sentences.popitem(last=False)[1].samples.nbytes
