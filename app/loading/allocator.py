"""How the C library keeps memory that was freed."""

import ctypes
import sys

LARGEST_KEPT = 1 << 20
"""Bytes of the largest block that is kept for the next one who asks."""

_M_MMAP_THRESHOLD = -3  # from glibc's malloc.h


def give_back_large_blocks() -> None:
    """Let the system have large blocks back as soon as they are freed.

    glibc would raise the size from which it does so to 32 MiB, and keep what is below in an arena
    for each thread: with sentences of every length in several threads, they grow to a gigabyte.
    """
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # not in every C library
        if mallopt is not None:
            mallopt(_M_MMAP_THRESHOLD, LARGEST_KEPT)
