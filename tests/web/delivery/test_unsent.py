"""Whole replies that wait to be sent: in memory or on disk, and bounded in all."""

import resource
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from app.web.delivery.unsent import BLOCK_BYTES, UnsentReplies, UnsentReply
from app.web.errors import InvalidRequest, TooManyRequests

ALICE, BOB = "key:alice", "key:bob"


def replies_of(max_bytes: int = 10_000, memory: int = 2_000, small: int = 1_000) -> UnsentReplies:
    return UnsentReplies(max_bytes, memory_bytes=memory, small_bytes=small)


Written = Callable[..., UnsentReply]


@pytest.fixture
def written() -> Iterator[Written]:
    """Writes a reply of parts for a client, and closes it at the end of the test."""
    with ExitStack() as stack:

        def write(replies: UnsentReplies, *parts: bytes, client: str = ALICE) -> UnsentReply:
            reply = replies.begin(client)
            stack.callback(reply.close)
            for part in parts:
                reply.write(part)
            return reply

        yield write


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    before, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, most))


@pytest.mark.parametrize("size", [0, 1, 1_000, 1_001, BLOCK_BYTES, 3 * BLOCK_BYTES + 1])
def test_what_was_written_is_read_in_blocks(size: int, written: Written) -> None:
    data = bytes(number % 251 for number in range(size))
    reply = written(replies_of(max_bytes=1_000_000), data[:700], data[700:])
    blocks = list(reply)
    assert b"".join(blocks) == data
    assert reply.size == size
    assert all(len(block) == BLOCK_BYTES for block in blocks[:-1])


@pytest.mark.parametrize("size", [500, 1_500])
def test_the_start_can_be_replaced(size: int, written: Written) -> None:
    reply = written(replies_of(), b"unknown" + bytes(size))
    reply.replace_start(b"a start")
    assert b"".join(reply) == b"a start" + bytes(size)


def test_small_replies_are_in_memory_and_long_ones_are_not(written: Written) -> None:
    replies = replies_of()
    written(replies, bytes(500), bytes(500))
    assert (replies.held_bytes, replies.memory_bytes) == (1_000, 1_000)
    written(replies, bytes(500), bytes(501))
    assert (replies.held_bytes, replies.memory_bytes) == (2_001, 1_000)


def test_small_replies_for_which_there_is_no_memory_are_on_disk(written: Written) -> None:
    replies = replies_of()
    held = [written(replies, bytes(900), client=client) for client in (ALICE, BOB, ALICE)]
    assert (replies.held_bytes, replies.memory_bytes) == (2_700, 1_800)
    held[0].close()
    assert (replies.held_bytes, replies.memory_bytes) == (1_800, 900)
    assert b"".join(held[2]) == bytes(900)


def test_no_file_with_a_name_is_left_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: Written
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    reply = written(replies_of(), bytes(2_000))
    assert list(tmp_path.iterdir()) == []
    reply.close()


def test_a_reply_that_finds_no_room_is_told_when_to_come_back(written: Written) -> None:
    refusals = []
    replies = UnsentReplies(10_000, small_bytes=1_000, on_refusal=lambda: refusals.append(1))
    held = [written(replies, bytes(5_000), client=client) for client in (ALICE, BOB)]
    with pytest.raises(TooManyRequests) as refused:
        replies.require_room()
    assert int(refused.value.headers["Retry-After"]) >= 1
    with pytest.raises(TooManyRequests):
        written(replies, b"x")
    assert len(refusals) == 2
    held[0].close()
    replies.require_room()
    written(replies, bytes(5_000))


def test_what_is_refused_while_it_grows_keeps_its_room_until_it_is_closed_once(
    written: Written,
) -> None:
    replies = replies_of()
    held = written(replies, bytes(2_000))
    growing = written(replies, bytes(2_000))
    with pytest.raises(TooManyRequests):
        growing.write(bytes(1_001))
    assert replies.held_bytes == 4_000
    growing.close()
    growing.close()
    assert replies.held_bytes == 2_000
    assert b"".join(held) == bytes(2_000)


def test_long_replies_of_one_client_leave_room_for_small_ones_and_for_others(
    written: Written,
) -> None:
    replies = replies_of()
    held = [written(replies, bytes(2_500)) for _ in range(2)]
    with pytest.raises(TooManyRequests):
        written(replies, bytes(1_001))
    written(replies, bytes(1_000)).close()
    written(replies, bytes(5_000), client=BOB).close()
    held[0].close()
    written(replies, bytes(2_500))


def test_small_replies_of_one_client_leave_room_for_others(written: Written) -> None:
    replies = replies_of()
    held = [written(replies, bytes(500)) for _ in range(5)]
    with pytest.raises(TooManyRequests):
        written(replies, bytes(1))
    written(replies, bytes(1_000), client=BOB).close()
    written(replies, bytes(5_000), client=BOB).close()
    held[0].close()
    written(replies, bytes(500))


def test_a_reply_that_will_never_find_room_is_not_told_to_come_back(written: Written) -> None:
    replies = replies_of()
    reply = written(replies, bytes(5_000))
    with pytest.raises(InvalidRequest, match="stream"):
        reply.write(b"x")
    reply.close()
    assert replies.held_bytes == 0


def test_without_a_temporary_folder_replies_stay_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: Written
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    replies = replies_of()
    reply = written(replies, bytes(1_000), b"x" * 3_000, b"y")
    assert b"".join(reply) == bytes(1_000) + b"x" * 3_000 + b"y"
    assert replies.memory_bytes == replies.held_bytes == 4_001
    reply.close()
    assert replies.memory_bytes == replies.held_bytes == 0


def test_a_disk_that_is_full_from_the_start_is_not_used(written: Written) -> None:
    replies = replies_of(max_bytes=1_000_000)
    with files_of_at_most(1_000):
        reply = written(replies, b"x" * 50_000)
    assert b"".join(reply) == b"x" * 50_000


def test_a_disk_that_becomes_full_is_a_reason_to_come_back(written: Written) -> None:
    replies = replies_of(max_bytes=1_000_000)
    reply = written(replies, bytes(2_000))
    with files_of_at_most(10_000), pytest.raises(TooManyRequests):
        reply.write(bytes(50_000))
    reply.close()
    assert replies.held_bytes == replies.memory_bytes == 0
