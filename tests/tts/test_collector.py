"""The collector is paused while something large is loaded, and leaves it alone afterwards."""

import gc
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from app.tts.collector import CollectorPause


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    yield
    gc.unfreeze()
    assert gc.isenabled()


def collections() -> int:
    """Count how often all objects were walked."""
    return gc.get_stats()[2]["collections"]


def test_nothing_is_collected_until_the_last_has_loaded() -> None:
    pause = CollectorPause(threading.Lock)
    with pause.while_loading():
        with pause.while_loading():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_the_collector_runs_again_after_a_failure() -> None:
    with pytest.raises(ZeroDivisionError), CollectorPause(threading.Lock).while_loading():
        raise ZeroDivisionError
    assert gc.isenabled()


def test_one_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with CollectorPause(threading.Lock).while_loading():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


READ_CHINESE = """
import gc
from app.tts.languages import LANGUAGES
from app.tts.phonemes import Phonemizer

def counts():
    return gc.get_stats()[2]["collections"], gc.get_freeze_count()

phonemizer = Phonemizer()
gc.collect()
before = counts()
phonemizer.phonemize("你好", LANGUAGES["z"])
print(*(after - count for after, count in zip(counts(), before)))
"""


@pytest.mark.slow
def test_the_dictionaries_of_a_language_are_never_walked() -> None:
    pytest.importorskip("pypinyin")
    # In a process of its own, because they are loaded once.
    command = [sys.executable, "-c", READ_CHINESE]
    result = subprocess.run(command, check=True, capture_output=True, text=True)
    collected, frozen = map(int, result.stdout.split())
    assert collected == 0
    assert frozen > 40_000
