"""Settings of the C library's memory allocator."""

import ctypes
import sys

LARGEST_KEPT = 1 << 20
"""Bytes of the largest freed block that the process keeps for its next allocations."""

_M_MMAP_THRESHOLD = -3  # from glibc's malloc.h


def give_back_large_blocks() -> None:
    """Make the allocator return large blocks to the system as soon as they are freed.

    By default, glibc raises the limit for this to 32 MiB, and keeps smaller blocks in an arena for
    each thread. With sentences of all lengths in several threads, the arenas grow to a gigabyte.
    """
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # not in every C library
        if mallopt is not None:
            mallopt(_M_MMAP_THRESHOLD, LARGEST_KEPT)
