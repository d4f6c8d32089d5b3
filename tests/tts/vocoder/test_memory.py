"""Memory for vectors is aligned to a cache line, zero, and freed."""

import gc
import mmap
from pathlib import Path

import numpy as np
import pytest

from app.tts.vocoder.memory import address, allocate, allocate_floats

LARGE = 50_000_000


def status(name: str) -> int:
    """Return a size in bytes that Linux reports for this process."""
    lines = Path("/proc/self/status").read_text().splitlines()
    (kilobytes,) = (line.split()[1] for line in lines if line.startswith(f"{name}:"))
    return 1024 * int(kilobytes)


@pytest.mark.parametrize("size", [1, 63, 1000, 1 << 19, (1 << 21) - 1, 1 << 21, LARGE])
def test_memory_is_aligned_to_a_cache_line_of_the_requested_size_and_zero(size: int) -> None:
    for _ in range(3):
        memory = allocate(size)
        assert address(memory) % 64 == 0
        assert memory.shape == (size,)
        assert not memory.any()
        memory[:] = 255


def test_floats_have_the_requested_number() -> None:
    floats = allocate_floats(1001)
    assert floats.shape == (1001,)
    assert floats.dtype == np.float32


@pytest.mark.skipif(not hasattr(mmap, "MADV_HUGEPAGE"), reason="only Linux has huge pages")
def test_large_memory_is_aligned_to_huge_pages_and_asks_for_them() -> None:
    memory = allocate(LARGE)
    assert address(memory) % (1 << 21) == 0
    assert "hg" in flags_of(address(memory))  # man 5 proc: huge page advise flag
    assert "sh" not in flags_of(address(memory))


def flags_of(place: int) -> list[str]:
    """Return Linux's flags of the mapping at an address."""
    is_there = False
    for line in Path("/proc/self/smaps").read_text().splitlines():
        first, *others = line.split()
        if first == "VmFlags:" and is_there:
            return others
        if "-" in first and not first.endswith(":"):
            start, end = (int(number, 16) for number in first.split("-"))
            is_there = start <= place < end
    raise LookupError(hex(place))


def test_memory_is_freed_with_its_last_reference() -> None:
    gc.collect()
    before, room = status("VmRSS"), status("VmSize")
    for _ in range(20):
        memory = allocate(LARGE)
        memory[:] = 1
        assert status("VmRSS") - before > LARGE // 2
        del memory
    assert status("VmRSS") - before < LARGE
    assert status("VmSize") - room < LARGE


def test_a_view_keeps_all_of_its_memory() -> None:
    part = allocate(LARGE)[:100]
    part[:] = 7
    gc.collect()
    others = [allocate(LARGE) for _ in range(3)]
    assert (part == 7).all()
    assert not any(np.shares_memory(part, other) for other in others)
