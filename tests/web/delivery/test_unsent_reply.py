"""A whole reply keeps its bytes in memory or on disk, whatever the disk does."""

import resource
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.web.delivery.unsent_reply import BLOCK_BYTES
from app.web.errors import TooManyRequests
from tests.web.conftest import Written, replies_of


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    before, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, most))


@pytest.mark.parametrize("size", [0, 1, 1_000, 1_001, BLOCK_BYTES, 3 * BLOCK_BYTES + 1])
def test_written_bytes_are_read_in_blocks(size: int, written: Written) -> None:
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


def test_no_file_with_a_name_is_left_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: Written
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    reply = written(replies_of(), bytes(2_000))
    assert list(tmp_path.iterdir()) == []
    reply.close()


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


def test_a_disk_that_becomes_full_refuses_the_reply_for_now(written: Written) -> None:
    replies = replies_of(max_bytes=1_000_000)
    reply = written(replies, bytes(2_000))
    with files_of_at_most(10_000), pytest.raises(TooManyRequests):
        reply.write(bytes(50_000))
    reply.close()
    assert replies.held_bytes == replies.memory_bytes == 0
