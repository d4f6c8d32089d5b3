"""Account of the whole replies that clients have not read yet, which bounds their memory and disk.

A client that asks for a whole reply and does not read it holds its room until the connection ends.
"""

import threading
from collections import Counter
from collections.abc import Callable

from app.scheduling.native_threads import NativeThreads
from app.web.errors import InvalidRequest, TooManyRequests

MEMORY_BYTES = 64 << 20
"""Memory for all replies together; beyond it, they are written to temporary files."""

SMALL_BYTES = 1 << 20
"""Largest small reply. Longer ones go to temporary files. The long replies of one client may take
half of the room and its small ones a quarter, so that other clients always find some."""

RETRY_SECONDS = 10
"""Retry-After while there is no room."""


class UnsentReplies:
    """Account of the whole replies of one process; safe for greenlets and threads."""

    def __init__(
        self,
        max_bytes: int,
        *,
        memory_bytes: int = MEMORY_BYTES,
        small_bytes: int = SMALL_BYTES,
        on_change: Callable[[int], None] = lambda held_bytes: None,
        on_refusal: Callable[[], None] = lambda: None,
    ) -> None:
        """Allow `max_bytes` in all, `memory_bytes` of them in memory.

        Replies of up to `small_bytes` are small. `on_change` is called with the number of bytes
        held, and `on_refusal` for each reply that finds no room.
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
        # A slow disk must only delay the replies that are on it.
        self.threads = NativeThreads(1)

    def __repr__(self) -> str:
        return f"<UnsentReplies {self._held} bytes, {self._in_memory} of them in memory>"

    @property
    def held_bytes(self) -> int:
        """Bytes of all replies."""
        return self._held

    @property
    def memory_bytes(self) -> int:
        """Bytes of the replies that are in memory."""
        return self._in_memory

    def require_room(self) -> None:
        """Raise `TooManyRequests` if not even a small reply finds room."""
        if self._held >= self._max_bytes:
            raise self.refusal()

    def grow(self, client: str, size: int, count: int) -> None:
        """Make room for `count` more bytes of a reply of `size` bytes.

        `client` is the name of its key or its address. Raises `TooManyRequests` if there is no room
        now, and `InvalidRequest` if there never will be.
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
        """Call `on_change` with the bytes held now."""
        self._on_change(self._held)

    def has_memory(self, size: int) -> bool:
        """Return whether a reply of `size` bytes, already counted, may stay in memory."""
        return size <= self._small_bytes and self._in_memory <= self._most_in_memory

    def use_memory(self, count: int) -> None:
        """Count `count` more bytes in memory; fewer if it is negative."""
        with self._lock:
            self._in_memory += count

    def refusal(self) -> TooManyRequests:
        """Return the error for a reply that finds no room, and count it."""
        self._on_refusal()
        return TooManyRequests(
            "Too many replies wait for their clients to read them: "
            f"try again in {RETRY_SECONDS} s. Streams need no such room.",
            RETRY_SECONDS,
        )

    def _count(self, client: str, size: int, sign: int = 1) -> None:
        """Add a reply of `size` bytes to the account, or subtract it with a `sign` of -1."""
        self._held += sign * size
        kind = self._long if size > self._small_bytes else self._small
        kind[client] += sign * size
        if not kind[client]:
            del kind[client]
