"""The cache keeps the most recently used sentences, within its limit of bytes."""

import threading
import tracemalloc
from collections.abc import Iterator

import numpy as np
import pytest

from app.tts.cache import ENTRY_BYTES, SentenceCache
from app.tts.languages import LANGUAGES
from app.tts.text.spans import Words
from app.tts.types import AudioSegment


def sentence_of(kilobytes: int) -> AudioSegment:
    """Return a sentence that takes so much memory in the cache, including overhead."""
    samples = kilobytes * 256 - ENTRY_BYTES // 4 - 20  # with a short key
    return AudioSegment(np.full(samples, kilobytes, np.float32), is_last=True)


@pytest.fixture
def cache() -> SentenceCache:
    return SentenceCache(10 * 1024, threading.Lock)


def kept(cache: SentenceCache, *keys: str) -> list[str]:
    return [key for key in keys if cache.get(key) is not None]


def test_what_was_put_is_got(cache: SentenceCache) -> None:
    sentence = sentence_of(3)
    cache.put("a", sentence)
    assert cache.get("a") is sentence
    assert cache.get("b") is None


def test_what_was_not_asked_for_longest_goes_first(cache: SentenceCache) -> None:
    for key in ("a", "b", "c"):
        cache.put(key, sentence_of(3))
    cache.get("a")
    cache.put("d", sentence_of(3))
    assert kept(cache, "a", "b", "c", "d") == ["a", "c", "d"]


def test_what_is_replaced_counts_once(cache: SentenceCache) -> None:
    for _ in range(10):
        cache.put("a", sentence_of(5))
    cache.put("b", sentence_of(5))
    assert kept(cache, "a", "b") == ["a", "b"]


def test_what_is_too_long_for_the_cache_drives_nothing_out(cache: SentenceCache) -> None:
    cache.put("a", sentence_of(3))
    cache.put("long", sentence_of(11))
    assert kept(cache, "a", "long") == ["a"]


def test_without_memory_nothing_is_kept() -> None:
    cache = SentenceCache(0, threading.Lock)
    cache.put("a", sentence_of(2))
    assert cache.get("a") is None


def test_what_has_no_sound_is_not_kept(cache: SentenceCache) -> None:
    cache.put("a", AudioSegment(np.zeros(0, np.float32), is_last=True, times=(None,)))
    assert cache.get("a") is None
    assert len(cache) == 0


@pytest.fixture
def traced() -> Iterator[None]:
    tracemalloc.start()
    yield
    tracemalloc.stop()


@pytest.mark.parametrize("characters", [1, 1000])
@pytest.mark.parametrize("words", [0, 100])
@pytest.mark.usefixtures("traced")
def test_keys_times_and_overhead_count_as_much_as_they_take(characters: int, words: int) -> None:
    allowed = 1_000_000
    cache = SentenceCache(allowed, threading.Lock)
    before, _ = tracemalloc.get_traced_memory()
    language = LANGUAGES["e"]
    count = 200 if words else 2000  # each with words takes as much as ten without
    for number in range(count):
        spans = (Words(f"{number:04}" * characters, language),)
        times = tuple((float(n), n + 0.5) for n in range(words))
        sentence = AudioSegment(np.zeros(10, np.float32), is_last=True, times=times)
        cache.put((spans, "ef_dora", number / 2000, False), sentence)
    after, _ = tracemalloc.get_traced_memory()
    assert 0 < len(cache) < count
    assert after - before < 1.1 * allowed
