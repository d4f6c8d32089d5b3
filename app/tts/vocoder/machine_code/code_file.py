"""Machine code in a file that is mapped readable and executable.

Memory is never both writable and executable, nor first one and then the other. So this works where
that is forbidden (PR_SET_MDWE, systemd's MemoryDenyWriteExecute). It needs no compiler.
"""

import ctypes
import errno
import hashlib
import json
import mmap
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from app.tts.errors import AssetError
from app.tts.vocoder.machine_code.linker import PAGE, LinkedCode

_MAGIC = b"KOKOCODE"
_VERSION = 1
_HEADER = struct.Struct("<8sI32s")
"""Magic, version, and SHA-256 of the rest: the entries as a line of JSON, zeros, and the code."""


class UnusableCode(AssetError):
    """A file of code is missing or damaged, or may not be executed."""


def write_code(path: Path, linked: LinkedCode) -> None:
    """Write a file for `MappedCode.open`; the caller has to remove it if the write fails."""
    entries = json.dumps(linked.entries).encode() + b"\n"
    rest = entries + bytes(-(_HEADER.size + len(entries)) % PAGE) + linked.code
    path.write_bytes(_HEADER.pack(_MAGIC, _VERSION, _digest(rest)) + rest)


class MappedCode:
    """Functions in an executable mapping, which lives as long as this object or its functions."""

    def __init__(self, memory: np.ndarray, entries: Mapping[str, int]) -> None:
        """`memory` holds the code alone, uint8; `entries` are offsets in it."""
        self._memory, self._entries = memory, entries

    @classmethod
    def open(cls, path: Path) -> "MappedCode":
        """Map a file; raise UnusableCode with the reason if it cannot be read or executed."""
        try:
            with path.open("rb") as file:
                protection = mmap.PROT_READ | mmap.PROT_EXEC
                mapping = mmap.mmap(file.fileno(), 0, flags=mmap.MAP_PRIVATE, prot=protection)
        except (OSError, ValueError) as error:  # ValueError for an empty file
            noexec = isinstance(error, OSError) and error.errno == errno.EPERM
            reason = "its filesystem is mounted with noexec" if noexec else str(error)
            raise UnusableCode(f"{path} cannot be mapped to be executed: {reason}.") from error
        entries, start = _read(mapping[:], path)
        return cls(np.frombuffer(mapping, np.uint8, offset=start), entries)

    @property
    def names(self) -> list[str]:
        """Names of all functions."""
        return list(self._entries)

    def address(self, name: str) -> int:
        """Return the address of a function; raise KeyError if there is none of that name."""
        return self._memory.ctypes.data + self._entries[name]

    def function(self, name: str, *types: type) -> Any:
        """Return a function that takes arguments of these ctypes and returns nothing.

        Calls release the GIL. Raise KeyError if there is no function of that name.
        """
        function: Any = ctypes.CFUNCTYPE(None, *types)(self.address(name))
        function.code = self  # keeps the code mapped
        return function


def _read(file: bytes, path: Path) -> tuple[dict[str, int], int]:
    """Return the entries and the offset of the code; raise UnusableCode for a damaged file."""
    if len(file) < _HEADER.size:
        raise UnusableCode(f"{path} is damaged: it ends within its header.")
    magic, version, digest = _HEADER.unpack_from(file)
    if (magic, version) != (_MAGIC, _VERSION):
        raise UnusableCode(f"{path} holds no code, or code of another version of this server.")
    rest = file[_HEADER.size :]
    if _digest(rest) != digest:
        raise UnusableCode(f"{path} is damaged: its checksum is wrong.")
    entries, newline, _ = rest.partition(b"\n")
    start = _HEADER.size + len(entries + newline)
    return json.loads(entries), start + -start % PAGE


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
