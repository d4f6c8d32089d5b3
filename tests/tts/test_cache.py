"""The cache of sentences keeps those asked for last, within its bytes."""

import threading

import numpy as np
import pytest

from app.tts.cache import SentenceCache
from app.tts.types import Stretch


def sentence_of(kilobytes: int) -> Stretch:
    return Stretch(np.full(kilobytes * 256, kilobytes, np.float32), is_last=True)


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
    cache.put("a", sentence_of(1))
    assert cache.get("a") is None
