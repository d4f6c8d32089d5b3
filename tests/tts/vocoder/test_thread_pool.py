"""Concurrent runs share the cores: helpers join a single run, and leave when others begin."""

import ctypes
import threading
from collections.abc import Callable

import numpy as np
import pytest

from app.tts.vocoder.memory import address
from app.tts.vocoder.thread_pool import ThreadPool, start_thread
from tests.servers import wait_until

LIMIT = 20


class Loop:
    """A fake of the generated loop: a thread stays in a run until it ends or is told to leave."""

    def __init__(self) -> None:
        self.new_spaces = 0
        """Number of work spaces that were used for the first time."""

        self._lock = threading.Lock()

    def __call__(self, run: int, leave: int, space: int) -> None:
        record, to_leave = _Record.from_address(run), ctypes.c_int64.from_address(leave)
        with self._lock:
            record.threads += 1
            mark = ctypes.c_int64.from_address(space)
            self.new_spaces += not mark.value
            mark.value = 1
        wait_until(lambda: record.is_finished or to_leave.value, LIMIT)
        with self._lock:
            record.threads -= 1
        if record.fails_in == threading.get_ident():
            raise ZeroDivisionError


class _Record(ctypes.Structure):
    _fields_ = [(name, ctypes.c_int64) for name in ("threads", "is_finished", "fails_in")]


class Work:
    """A run in a thread of its own."""

    def __init__(self, pool: ThreadPool, most_threads: int = 100) -> None:
        self._fields = np.zeros(3, np.int64)
        self._record = _Record.from_address(address(self._fields))
        self.failure: Exception | None = None
        self._thread = threading.Thread(target=self._work, args=(pool, most_threads), daemon=True)
        self._thread.start()
        wait_until(lambda: self.threads, LIMIT)

    def _work(self, pool: ThreadPool, most_threads: int) -> None:
        try:
            pool.work(self._fields, most_threads)
        except ZeroDivisionError as error:
            self.failure = error

    @property
    def threads(self) -> int:
        return int(self._record.threads)

    def finish(self, *, fails: bool = False) -> None:
        if fails:  # in the calling thread, because code cannot fail in a helper
            assert self._thread.ident
            self._record.fails_in = self._thread.ident
        self._record.is_finished = 1
        self._thread.join(LIMIT)
        assert not self._thread.is_alive()


@pytest.fixture
def loop() -> Loop:
    return Loop()


@pytest.fixture(params=[1, 2, 4])
def cores(request: pytest.FixtureRequest) -> int:
    return request.param


@pytest.fixture
def pool(cores: int, loop: Loop) -> ThreadPool:
    return ThreadPool(cores, loop, 64)


def shares(*works: Work) -> list[int]:
    return sorted(work.threads for work in works)


def test_a_single_run_gets_all_cores(pool: ThreadPool, cores: int) -> None:
    for _ in range(3):  # also one after the other
        work = Work(pool)
        wait_until(lambda work=work: work.threads == cores, LIMIT)
        work.finish()
        wait_until(lambda work=work: work.threads == 0, LIMIT)


@pytest.mark.parametrize("cores", [4], indirect=True)
def test_cores_are_redistributed_when_a_run_begins_or_ends(pool: ThreadPool) -> None:
    works: list[Work] = []
    for expected in ([4], [2, 2], [1, 1, 2], [1, 1, 1, 1], [1, 1, 1, 1, 1]):
        works.append(Work(pool))
        wait_until(lambda expected=expected: shares(*works) == expected, LIMIT)
    for expected in ([1, 1, 1, 1], [1, 1, 2], [2, 2], [4]):
        works.pop(0).finish()
        wait_until(lambda expected=expected: shares(*works) == expected, LIMIT)
    works.pop().finish()


@pytest.mark.parametrize("cores", [4], indirect=True)
def test_a_run_gets_no_more_threads_than_it_can_use_and_others_get_the_rest(
    pool: ThreadPool,
) -> None:
    small = Work(pool, most_threads=2)
    wait_until(lambda: small.threads == 2, LIMIT)
    alone, large = Work(pool, most_threads=1), Work(pool)
    wait_until(lambda: shares(small, alone, large) == [1, 1, 2], LIMIT)
    small.finish()
    wait_until(lambda: (alone.threads, large.threads) == (1, 3), LIMIT)
    alone.finish()
    large.finish()


@pytest.mark.parametrize("cores", [2], indirect=True)
def test_a_helper_leaves_when_a_second_run_begins_and_returns_when_it_ends(
    pool: ThreadPool, loop: Loop
) -> None:
    first = Work(pool)
    wait_until(lambda: first.threads == 2, LIMIT)
    second = Work(pool)
    wait_until(lambda: shares(first, second) == [1, 1], LIMIT)
    second.finish()
    wait_until(lambda: first.threads == 2, LIMIT)
    first.finish()


def test_a_run_that_fails_raises_its_error_and_frees_its_threads(
    pool: ThreadPool, loop: Loop, cores: int
) -> None:
    failing = Work(pool)
    failing.finish(fails=True)
    assert isinstance(failing.failure, ZeroDivisionError)
    next_one = Work(pool)
    wait_until(lambda: next_one.threads == cores, LIMIT)
    next_one.finish()


def test_work_spaces_are_reused_and_never_shared(pool: ThreadPool, loop: Loop, cores: int) -> None:
    works = [Work(pool)]
    wait_until(lambda: works[0].threads == cores, LIMIT)  # all helpers have taken part
    works += [Work(pool) for _ in range(cores)]
    wait_until(lambda: shares(*works) == [1] * len(works), LIMIT)
    all_threads = len(works) + cores - 1
    assert loop.new_spaces == all_threads
    for work in works:
        work.finish()
    for _ in range(5):
        Work(pool).finish()
    assert loop.new_spaces == all_threads


@pytest.mark.parametrize("allowed", [0, 1])
def test_there_are_fewer_helpers_if_no_more_threads_can_be_started(
    loop: Loop, allowed: int
) -> None:
    started: list[None] = []

    def start(function: Callable[[], None]) -> None:
        if len(started) == allowed:
            raise RuntimeError("can't start new thread")
        started.append(start_thread(function))

    pool = ThreadPool(4, loop, 64, start=start)
    work = Work(pool)
    wait_until(lambda: work.threads == 1 + allowed, LIMIT)
    work.finish()
