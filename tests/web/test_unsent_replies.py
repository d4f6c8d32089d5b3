"""The room for whole replies is bounded, and one client leaves some of it to others."""

import pytest

from app.web.errors import InvalidRequest, TooManyRequests
from app.web.unsent_replies import UnsentReplies
from tests.web.conftest import ALICE, Written, replies_of

BOB = "key:bob"


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


def test_a_reply_that_finds_no_room_is_refused_with_retry_after(written: Written) -> None:
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


def test_a_reply_that_is_refused_while_it_grows_keeps_its_room_until_it_is_closed(
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


def test_a_reply_that_will_never_find_room_is_refused_without_retry_after(written: Written) -> None:
    replies = replies_of()
    reply = written(replies, bytes(5_000))
    with pytest.raises(InvalidRequest, match="stream"):
        reply.write(b"x")
    reply.close()
    assert replies.held_bytes == 0
