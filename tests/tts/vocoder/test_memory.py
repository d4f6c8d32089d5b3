"""Memory for vectors begins at a cache line, is zero, and is given back."""

import gc
import mmap
from pathlib import Path

import numpy as np
import pytest

from app.tts.vocoder.memory import address, allocate, allocate_floats

LARGE = 50_000_000


def status(name: str) -> int:
    """Bytes that Linux tells of this process."""
    lines = Path("/proc/self/status").read_text().splitlines()
    (kilobytes,) = (line.split()[1] for line in lines if line.startswith(f"{name}:"))
    return 1024 * int(kilobytes)


@pytest.mark.parametrize("size", [1, 63, 1000, 1 << 19, (1 << 21) - 1, 1 << 21, LARGE])
def test_it_begins_at_a_cache_line_and_is_as_long_as_asked_and_zero(size: int) -> None:
    for _ in range(3):
        memory = allocate(size)
        assert address(memory) % 64 == 0
        assert memory.shape == (size,)
        assert not memory.any()
        memory[:] = 255


def test_floats_are_as_many_as_asked() -> None:
    floats = allocate_floats(1001)
    assert floats.shape == (1001,)
    assert floats.dtype == np.float32


@pytest.mark.skipif(not hasattr(mmap, "MADV_HUGEPAGE"), reason="Linux alone has huge pages")
def test_what_is_large_begins_at_a_huge_page_and_asks_for_such() -> None:
    memory = allocate(LARGE)
    assert address(memory) % (1 << 21) == 0
    assert "hg" in flags_of(address(memory))  # man 5 proc: huge page advise flag
    assert "sh" not in flags_of(address(memory))


def flags_of(place: int) -> list[str]:
    """What Linux notes of the mapping at an address."""
    is_there = False
    for line in Path("/proc/self/smaps").read_text().splitlines():
        first, *others = line.split()
        if first == "VmFlags:" and is_there:
            return others
        if "-" in first and not first.endswith(":"):
            start, end = (int(number, 16) for number in first.split("-"))
            is_there = start <= place < end
    raise LookupError(hex(place))


def test_it_is_given_back_when_nothing_refers_to_it() -> None:
    gc.collect()
    before, room = status("VmRSS"), status("VmSize")
    for _ in range(20):
        memory = allocate(LARGE)
        memory[:] = 1
        assert status("VmRSS") - before > LARGE // 2
        del memory
    assert status("VmRSS") - before < LARGE
    assert status("VmSize") - room < LARGE


def test_a_part_of_it_keeps_all_of_it() -> None:
    part = allocate(LARGE)[:100]
    part[:] = 7
    gc.collect()
    others = [allocate(LARGE) for _ in range(3)]
    assert (part == 7).all()
    assert not any(np.shares_memory(part, other) for other in others)
