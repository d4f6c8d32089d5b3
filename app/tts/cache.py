"""Remembers sentences that were spoken: assistants say the same phrases all day."""

from collections import OrderedDict
from collections.abc import Callable, Hashable

from app.tts.types import Lock, Samples


class SentenceCache:
    """The samples of the sentences spoken last, up to a number of bytes; threads may share it."""

    def __init__(self, max_bytes: int, new_lock: Callable[[], Lock]) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._sentences: OrderedDict[Hashable, Samples] = OrderedDict()
        self._lock = new_lock()

    def get(self, key: Hashable) -> Samples | None:
        """Return the samples kept under `key`, float32 (n,), or None."""
        with self._lock:
            samples = self._sentences.get(key)
            if samples is not None:
                self._sentences.move_to_end(key)
            return samples

    def put(self, key: Hashable, samples: Samples) -> None:
        """Keep `samples`, and forget those not asked for longest if they are too many."""
        if samples.nbytes > self._max_bytes:
            return
        with self._lock:
            replaced = self._sentences.pop(key, None)
            self._bytes -= replaced.nbytes if replaced is not None else 0
            self._sentences[key] = samples
            self._bytes += samples.nbytes
            while self._bytes > self._max_bytes:
                self._bytes -= self._sentences.popitem(last=False)[1].nbytes
