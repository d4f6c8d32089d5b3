"""A whole reply: written while the speech is made, then read in blocks while it is sent."""

import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BytesIO
from tempfile import TemporaryFile
from typing import BinaryIO, TypeVar

from app.web.unsent_replies import UnsentReplies

log = logging.getLogger(__name__)

T = TypeVar("T")

BLOCK_BYTES = 48 << 10
"""Bytes read from a reply at once, and so the memory that a stalled reader keeps. A multiple of 3,
so that each block can be encoded in base64 on its own."""


class UnsentReply:
    """Bytes of one whole reply, which must be closed: small in memory, long on disk."""

    def __init__(self, replies: UnsentReplies, client: str) -> None:
        """Begin an empty reply of `client`, the name of its key or its address, in `replies`."""
        self.size = 0
        """Bytes."""

        self._replies = replies
        self._client = client
        self._file: BinaryIO = BytesIO()
        self._in_memory = 0
        self._is_on_disk = self._has_no_file = self._is_closed = False

    def write(self, data: bytes) -> None:
        """Append `data`; raises `TooManyRequests` and `InvalidRequest` as `UnsentReplies.grow`."""
        self._replies.grow(self._client, self.size, len(data))
        self.size += len(data)
        self._replies.tell()
        if not self._is_on_disk:
            self._file.write(data)
            self._use_memory(len(data))
            if not self._has_no_file and not self._replies.has_memory(self._in_memory):
                self._move_to_disk()
        else:
            self._append(data)

    def replace_start(self, data: bytes) -> None:
        """Overwrite the start with `data`."""
        self._file.seek(0)
        self._append(data)

    def __iter__(self) -> Iterator[bytes]:
        """Return its bytes in blocks of `BLOCK_BYTES`, the last one shorter."""
        self._file.seek(0)
        while block := self._run(lambda: self._file.read(BLOCK_BYTES)):
            yield block

    def close(self) -> None:
        """Give the room back; may be called more than once."""
        if self._is_closed:
            return
        self._is_closed = True
        self._replies.shrink(self._client, self.size)
        self._use_memory(-self._in_memory)
        _discard(self._file)
        self._replies.tell()

    def _append(self, data: bytes) -> None:
        file = self._file
        try:
            self._run(lambda: _write(file, data))
        except OSError as error:  # most likely a full disk
            log.error("A reply could not be written to the temporary folder: %s.", error)
            raise self._replies.refusal() from error

    def _move_to_disk(self) -> None:
        """Go on in a temporary file; if there is none, stay in memory, which is bounded too."""
        assert isinstance(self._file, BytesIO)
        written = self._file.getvalue()
        try:
            self._file = self._replies.threads.run(lambda: _temporary_file(written))
        except OSError as error:
            log.warning("A reply stays in memory for want of a temporary file: %s.", error)
            self._has_no_file = True
        else:
            self._is_on_disk = True
            self._use_memory(-self._in_memory)

    def _use_memory(self, count: int) -> None:
        self._in_memory += count
        self._replies.use_memory(count)

    def _run(self, work: Callable[[], T]) -> T:
        """Run `work` on the file, in a native thread if it is on disk."""
        return self._replies.threads.run(work) if self._is_on_disk else work()


def _temporary_file(data: bytes) -> BinaryIO:
    """Return a file that holds `data`, has no name and vanishes when it is closed."""
    file: BinaryIO = TemporaryFile()  # noqa: SIM115
    try:
        _write(file, data)
    except BaseException:
        _discard(file)
        raise
    return file


def _write(file: BinaryIO, data: bytes) -> None:
    file.write(data)
    file.flush()  # while a failure can still be reported


def _discard(file: BinaryIO) -> None:
    with suppress(OSError):  # a full disk, which had no room for the rest
        file.close()
