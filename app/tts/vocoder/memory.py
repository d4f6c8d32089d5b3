"""Aligned memory for the arrays that generated code works on."""

import mmap
from contextlib import suppress
from typing import Any

import numpy as np
import numpy.typing as npt

from app.tts.vocoder.records import LINE

Floats = npt.NDArray[np.float32]

_HUGE_PAGE = 1 << 21
_LEAST_FOR_HUGE = _HUGE_PAGE // 4


def allocate(size: int) -> npt.NDArray[np.uint8]:
    """Return `size` zero bytes aligned to a cache line; large blocks are on huge pages.

    The memory is freed with its last reference. Huge pages make short windows a fifth faster; the
    mapping is private, because shared mappings get none.
    """
    if size < _LEAST_FOR_HUGE or not hasattr(mmap, "MADV_HUGEPAGE"):
        raw = np.zeros(size + 4 * LINE, np.uint8)
        start = -raw.ctypes.data % (4 * LINE)
        return raw[start : start + size]
    rounded = -(-size // _HUGE_PAGE) * _HUGE_PAGE + _HUGE_PAGE
    room = mmap.mmap(-1, rounded, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    with suppress(OSError):  # a Linux kernel without huge pages
        room.madvise(mmap.MADV_HUGEPAGE)
    raw = np.frombuffer(room, np.uint8)
    start = -raw.ctypes.data % _HUGE_PAGE
    return raw[start : start + size]


def allocate_floats(size: int) -> Floats:
    """Return `size` zero floats, aligned as by `allocate`."""
    return allocate(4 * size).view(np.float32)


def address(array: npt.NDArray[Any]) -> int:
    """Return the address of an array's first element."""
    return int(array.ctypes.data)
