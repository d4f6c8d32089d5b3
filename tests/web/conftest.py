"""Whole replies for the tests of their account and of their files."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from app.web.delivery.unsent_reply import UnsentReply
from app.web.unsent_replies import UnsentReplies

ALICE = "key:alice"

Written = Callable[..., UnsentReply]


def replies_of(max_bytes: int = 10_000, memory: int = 2_000, small: int = 1_000) -> UnsentReplies:
    return UnsentReplies(max_bytes, memory_bytes=memory, small_bytes=small)


@pytest.fixture
def written() -> Iterator[Written]:
    """Function that writes a reply in parts; the reply is closed after the test."""
    with ExitStack() as stack:

        def write(replies: UnsentReplies, *parts: bytes, client: str = ALICE) -> UnsentReply:
            reply = UnsentReply(replies, client)
            stack.callback(reply.close)
            for part in parts:
                reply.write(part)
            return reply

        yield write
