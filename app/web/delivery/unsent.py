"""Whole replies that wait to be sent: in memory or on disk, and bounded in all.

Whoever asks for a whole reply and does not read it leaves it here until the connection is closed.
"""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BytesIO
from tempfile import TemporaryFile
from typing import BinaryIO, TypeVar

from app.scheduling.native_threads import NativeThreads
from app.web.errors import InvalidRequest, TooManyRequests

log = logging.getLogger(__name__)

T = TypeVar("T")

MEMORY_BYTES = 64 << 20
"""What all replies may take of memory; further ones are written to temporary files."""

SMALL_BYTES = 1 << 20
"""A reply that grows beyond this is long, and goes to a temporary file. One client's long replies
may take half of the room and its small ones a quarter, so that others always find some."""

BLOCK_BYTES = 48 << 10
"""What is read from a reply at once, and so what a reader that stalls keeps in memory; a multiple
of 3, so that blocks can be encoded in base64 one by one."""

RETRY_SECONDS = 10
"""Retry-After while there is no room."""


class UnsentReplies:
    """Room for the whole replies of one process, for greenlets or threads of the web server."""

    def __init__(
        self,
        max_bytes: int,
        *,
        memory_bytes: int = MEMORY_BYTES,
        small_bytes: int = SMALL_BYTES,
        on_change: Callable[[int], None] = lambda held_bytes: None,
        on_refusal: Callable[[], None] = lambda: None,
    ) -> None:
        """Hold `max_bytes` in all, `memory_bytes` of them in memory.

        Replies of up to `small_bytes` are small. `on_change` is told how many bytes are held, and
        `on_refusal` is called for each reply that finds no room.
        """
        self._max_bytes = max_bytes
        self._most_long = max_bytes // 2
        self._most_small = max_bytes // 4
        self._most_in_memory = memory_bytes
        self._small_bytes = small_bytes
        self._on_change = on_change
        self._on_refusal = on_refusal
        self._lock = threading.Lock()
        self._held = self._in_memory = 0
        # Bytes by client.
        self._long: Counter[str] = Counter()
        self._small: Counter[str] = Counter()
        # So that a slow disk holds up nobody who does not need it.
        self.threads = NativeThreads(1)

    def __repr__(self) -> str:
        return f"<UnsentReplies {self._held} bytes, {self._in_memory} of them in memory>"

    @property
    def held_bytes(self) -> int:
        """Bytes of all replies."""
        return self._held

    @property
    def memory_bytes(self) -> int:
        """Those of them that are in memory."""
        return self._in_memory

    def require_room(self) -> None:
        """Raise `TooManyRequests` if not even a small reply finds room."""
        if self._held >= self._max_bytes:
            raise self.refusal()

    def begin(self, client: str) -> "UnsentReply":
        """Return an empty reply for a client, by the name of its key or its address."""
        return UnsentReply(self, client)

    def grow(self, client: str, size: int, count: int) -> None:
        """Make room for `count` bytes more of a reply that has `size`.

        Raises `TooManyRequests` if there is none now, and `InvalidRequest` if there never is.
        """
        if size + count > self._most_long:
            raise InvalidRequest(
                f"The speech is longer than {self._most_long >> 20} MB, half of what "
                "KOKORO_MAX_UNSENT_MB allows: ask for a stream, or send shorter texts.",
                param="input",
            )
        with self._lock:
            self._count(client, size, -1)
            self._count(client, size + count)
            has_room = (
                self._held <= self._max_bytes
                and self._long[client] <= self._most_long
                and self._small[client] <= self._most_small
            )
            if not has_room:
                self._count(client, size + count, -1)
                self._count(client, size)
        if not has_room:
            raise self.refusal()

    def shrink(self, client: str, size: int) -> None:
        """Give back the room of a reply of `size` bytes."""
        with self._lock:
            self._count(client, size, -1)

    def tell(self) -> None:
        """Tell `on_change` what is held now."""
        self._on_change(self._held)

    def has_memory(self, size: int) -> bool:
        """Return whether a reply of `size` bytes, which were counted, may be in memory."""
        return size <= self._small_bytes and self._in_memory <= self._most_in_memory

    def use_memory(self, count: int) -> None:
        """Count `count` bytes more in memory, or less if it is negative."""
        with self._lock:
            self._in_memory += count

    def refusal(self) -> TooManyRequests:
        """Return what a reply is told for which there is no room, and count it."""
        self._on_refusal()
        return TooManyRequests(
            "Too many replies wait for their clients to read them: "
            f"try again in {RETRY_SECONDS} s. Streams need no such room.",
            RETRY_SECONDS,
        )

    def _count(self, client: str, size: int, sign: int = 1) -> None:
        """Add a reply of `size` bytes to what is held, or take it away."""
        self._held += sign * size
        kind = self._long if size > self._small_bytes else self._small
        kind[client] += sign * size
        if not kind[client]:
            del kind[client]


class UnsentReply:
    """One whole reply: written while it is made, read in blocks while it is sent, and closed."""

    def __init__(self, replies: UnsentReplies, client: str) -> None:
        """Use the room of `replies`."""
        self.size = 0
        """Bytes."""

        self._replies = replies
        self._client = client
        self._file: BinaryIO = BytesIO()
        self._in_memory = 0
        self._is_on_disk = self._has_no_file = self._is_closed = False

    def write(self, data: bytes) -> None:
        """Add `data`; raises `TooManyRequests` and `InvalidRequest` as `UnsentReplies.grow`."""
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
        """Put `data` in place of as many bytes at the start."""
        self._file.seek(0)
        self._append(data)

    def __iter__(self) -> Iterator[bytes]:
        """Return all of it in blocks of `BLOCK_BYTES`, the last one shorter."""
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
        except OSError as error:  # most likely, the disk is full: of replies, or of other things
            log.error("A reply could not be written to the temporary folder: %s.", error)
            raise self._replies.refusal() from error

    def _move_to_disk(self) -> None:
        """Go on in a temporary file; without one, stay in memory, which is bounded as well."""
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
        """Return what `work` does with the file, in a native thread if it is on disk."""
        return self._replies.threads.run(work) if self._is_on_disk else work()


def _temporary_file(data: bytes) -> BinaryIO:
    """Return a file without a name, which is gone when it is closed, that holds `data`."""
    file: BinaryIO = TemporaryFile()  # noqa: SIM115
    try:
        _write(file, data)
    except BaseException:
        _discard(file)
        raise
    return file


def _write(file: BinaryIO, data: bytes) -> None:
    file.write(data)
    file.flush()  # now, while a failure can still be told


def _discard(file: BinaryIO) -> None:
    with suppress(OSError):  # of a disk that had no room for the rest
        file.close()
