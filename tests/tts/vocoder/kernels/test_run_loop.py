"""Threads share the parts of a run in order, wait for each other, leave early and join late."""

import ctypes
import threading
from collections.abc import Callable
from functools import cache

import numpy as np
import pytest
from llvmlite import ir

from app.tts.vocoder.kernels.run_loop import run_loop
from app.tts.vocoder.machine_code.code_file import MappedCode
from app.tts.vocoder.machine_code.processors import InstructionSet, present_instruction_sets
from app.tts.vocoder.memory import address
from tests.servers import wait_until
from tests.tts.vocoder.generated import Step, mapped, run_record

LIMIT = 20
"""Seconds to wait for a thread to come or go."""

_Part = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_int64, ctypes.c_void_p)
_Pause = ctypes.CFUNCTYPE(None)


@cache
def loop_code(instructions: InstructionSet) -> MappedCode:
    module = ir.Module("loop")
    module.triple = instructions.triple
    run_loop(module)
    return mapped(str(module), instructions)


class Worker:
    """A thread that executes a run."""

    def __init__(self, run: "Run") -> None:
        self.leave = np.zeros(1, np.int64)
        self._run = run
        self._thread = threading.Thread(target=self._work, daemon=True)

    def _work(self) -> None:
        workers[threading.get_ident()] = self
        self._run.loop(address(self._run.record), address(self.leave), 0)

    def start(self) -> "Worker":
        self._thread.start()
        return self

    def is_gone(self, within: float = LIMIT) -> bool:
        self._thread.join(within)
        return not self._thread.is_alive()


workers: dict[int, Worker] = {}


class Run:
    """A run whose parts are Python functions; `parts` are those that have begun, in order."""

    def __init__(self, loop: Callable[[int, int, int], None], *tickets: int) -> None:
        self.loop = loop
        self.stop = np.zeros(1, np.int64)
        self.parts: list[tuple[int, int]] = []
        self.finished: list[tuple[int, int]] = []
        self.pauses = 0
        self.at_part: Callable[[int, int], object] = lambda step, ticket: None
        self._functions = [_Part(self._function(step)) for step in range(len(tickets))]
        self._pause = _Pause(self._count_pause)
        addresses = [ctypes.cast(f, ctypes.c_void_p).value or 0 for f in self._functions]
        steps = [Step(*both) for both in zip(addresses, tickets, strict=True)]
        self.all_parts = [(step, ticket) for step, n in enumerate(tickets) for ticket in range(n)]
        pause = ctypes.cast(self._pause, ctypes.c_void_p).value or 0
        self.record = run_record(steps, self.stop, pause)

    def _function(self, step: int) -> Callable[[int, int, int], None]:
        def part(record: int, ticket: int, workspace: int) -> None:
            self.parts.append((step, ticket))
            self.at_part(step, ticket)
            self.finished.append((step, ticket))

        return part

    def _count_pause(self) -> None:
        self.pauses += 1

    def work(self, threads: int = 1) -> None:
        started = [Worker(self).start() for _ in range(threads)]
        assert all(worker.is_gone() for worker in started)


class Gate:
    """Holds the threads that reach it until it is opened."""

    def __init__(self) -> None:
        self._reached, self._opened = threading.Event(), threading.Event()

    def hold(self) -> None:
        self._reached.set()
        assert self._opened.wait(LIMIT)

    def wait_until_reached(self) -> None:
        assert self._reached.wait(LIMIT)

    def open(self) -> None:
        self._opened.set()


@pytest.fixture(params=present_instruction_sets(), ids=lambda found: found.name)
def run(request: pytest.FixtureRequest) -> Callable[..., Run]:
    """Makes a run of steps, given the number of parts of each."""
    pointer = ctypes.c_void_p
    loop = loop_code(request.param).function("run", pointer, pointer, pointer)
    return lambda *tickets: Run(loop, *tickets)


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_each_part_is_done_once_and_steps_are_done_in_order(
    run: Callable[..., Run], threads: int
) -> None:
    several = run(7, 1, 300, 0, 2, 40)

    early: list[tuple[int, int]] = []

    def look(step: int, ticket: int) -> None:
        before = [part for part in several.all_parts if part[0] < step]
        if not set(before) <= set(several.finished):
            early.append((step, ticket))

    several.at_part = look
    several.work(threads)
    assert sorted(several.parts) == several.all_parts
    assert early == []


def test_a_run_without_steps_ends_at_once(run: Callable[..., Run]) -> None:
    run().work(2)


def test_a_thread_gets_the_number_of_its_part_and_its_own_work_space(
    run: Callable[..., Run],
) -> None:
    got = []
    one = run(2)
    function = _Part(lambda record, ticket, space: got.append((record, ticket, space)))
    pointer = ctypes.cast(function, ctypes.c_void_p).value or 0
    one.record = run_record([Step(pointer, 2)], one.stop)
    stay = np.zeros(1, np.int64)
    one.loop(address(one.record), address(stay), 4096)
    record = address(one.record) + 3 * 8  # after the head
    assert got == [(record, 0, 4096), (record, 1, 4096)]


def test_a_thread_told_to_leave_before_it_starts_does_nothing(run: Callable[..., Run]) -> None:
    one = run(3)
    worker = Worker(one)
    worker.leave[0] = 1
    assert worker.start().is_gone()
    assert one.parts == []
    one.work()
    assert one.parts == one.all_parts


def test_a_thread_told_to_leave_finishes_its_part_and_another_does_the_rest(
    run: Callable[..., Run],
) -> None:
    one = run(4, 4)

    def leave(step: int, ticket: int) -> None:
        if (step, ticket) == (0, 1):
            workers[threading.get_ident()].leave[0] = 1

    one.at_part = leave
    assert Worker(one).start().is_gone()
    assert one.parts == one.finished == [(0, 0), (0, 1)]
    one.work()
    assert one.parts == one.all_parts


def test_a_thread_that_waits_for_another_yields_and_can_leave(
    run: Callable[..., Run],
) -> None:
    one, gate = run(1, 1), Gate()
    one.at_part = lambda step, ticket: gate.hold() if step == 0 else None
    busy = Worker(one).start()
    gate.wait_until_reached()
    waiting = Worker(one).start()
    wait_until(lambda: one.pauses, LIMIT)
    assert not waiting.is_gone(within=0)
    waiting.leave[0] = 1
    assert waiting.is_gone()
    assert one.parts == [(0, 0)]
    gate.open()
    assert busy.is_gone()
    assert one.parts == one.all_parts


def test_a_thread_that_joins_late_helps_with_the_current_step(
    run: Callable[..., Run],
) -> None:
    one, gate = run(5, 1, 6), Gate()
    one.at_part = lambda step, ticket: gate.hold() if (step, ticket) == (2, 0) else None
    first = Worker(one).start()
    gate.wait_until_reached()
    late = Worker(one).start()
    wait_until(lambda: one.pauses, LIMIT)  # it has done all parts but the held one
    assert one.finished == [part for part in one.all_parts if part != (2, 0)]
    assert not late.is_gone(within=0)
    gate.open()
    assert first.is_gone()
    assert late.is_gone()


def test_a_thread_that_joins_a_finished_run_has_nothing_to_do(run: Callable[..., Run]) -> None:
    one = run(5, 3)
    one.work()
    one.parts.clear()
    one.work(2)
    assert one.parts == []


def test_a_run_that_is_stopped_before_it_starts_does_no_part_and_ends(
    run: Callable[..., Run],
) -> None:
    one = run(5, 300)
    one.stop[0] = 1
    one.work(2)
    assert one.parts == []


def test_a_run_that_is_stopped_from_another_thread_does_no_more_parts(
    run: Callable[..., Run],
) -> None:
    one, gate = run(3, 10_000, 10_000), Gate()
    one.at_part = lambda step, ticket: gate.hold() if (step, ticket) == (1, 7) else None
    worker = Worker(one).start()
    gate.wait_until_reached()
    one.stop[0] = 1
    gate.open()
    assert worker.is_gone()
    assert one.parts == one.all_parts[: 3 + 8]
