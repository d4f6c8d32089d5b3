"""The threads that help a run of the generator with its steps."""

import _thread
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from app.tts.types import Lock
from app.tts.vocoder.memory import address, allocate_floats

StartThread = Callable[[Callable[[], None]], None]
"""Starts a function in a new native thread."""

Loop = Callable[[int, int, int], None]
"""The generated loop over a run's steps: takes the addresses of the run's record, of a flag that is
set when the thread is to leave, and of a work space."""


def start_thread(function: Callable[[], None]) -> None:
    """Start a function in a thread that ends with the process."""
    _thread.start_new_thread(function, ())


class _Helper:
    """A thread that waits for a run to help with."""

    def __init__(self, wake: Any, workspace_floats: int) -> None:
        self.wake = wake
        """A lock that is released when there is a run to help with."""

        self.wake.acquire()
        self.space = allocate_floats(workspace_floats)
        self.leave = np.zeros(1, np.int64)
        self.run: _Run | None = None


@dataclass(eq=False)
class _Run:
    record: npt.NDArray[np.int64]
    most_helpers: int


class ThreadPool:
    """Shares the cores among the runs in progress; each has at least the thread that called it.

    A single run is helped by one thread for each further core. When another run begins, helpers
    leave their run, to join the new one or to free a core for its calling thread.

    The lock guards the runs in progress, the spare work spaces, and each helper's `run` and
    `leave`. The generated loop reads `leave` without it.
    """

    def __init__(
        self,
        cores: int,
        loop: Loop,
        workspace_floats: int,
        new_lock: Callable[[], Lock] = threading.Lock,
        start: StartThread = start_thread,
    ) -> None:
        """Run `loop` in at most `cores` threads at once, including the calling ones.

        Each thread gets a work space of `workspace_floats`. `start` starts native threads, and
        `new_lock` makes locks that work between them.
        """
        self._cores = cores
        self._loop = loop
        self._workspace_floats = workspace_floats
        self._lock = new_lock()
        self._runs: list[_Run] = []
        self._spaces: list[npt.NDArray[np.float32]] = []
        self._stay = np.zeros(1, np.int64)
        self._helpers: list[_Helper] = []
        # Get by with fewer where a sandbox limits threads or memory.
        with suppress(RuntimeError, OSError, MemoryError):
            while len(self._helpers) < cores - 1:
                helper = _Helper(new_lock(), workspace_floats)
                start(partial(self._help, helper))
                self._helpers.append(helper)

    def work(self, record: npt.NDArray[np.int64], most_threads: int) -> None:
        """Execute a run with the helpers that are free; returns when all of it is done.

        It is given no more than `most_threads`, because further ones would only wait.
        """
        run = _Run(record, most_threads - 1)
        with self._workspace() as space:
            with self._lock:
                self._runs.append(run)
                self._share()
            try:
                self._loop(address(record), address(self._stay), address(space))
            finally:
                with self._lock:
                    self._runs.remove(run)
                    self._share()

    def _share(self) -> None:
        """Tell helpers to leave and to come, so that each run has its share of them."""
        missing = self._shares()
        for helper in self._helpers:
            if helper.run is not None:
                helper.leave[0] = missing.get(helper.run, 0) <= 0
                missing[helper.run] = missing.get(helper.run, 0) - 1
        for helper in self._helpers:
            wanted = next((run for run in self._runs if missing[run] > 0), None)
            if helper.run is None and wanted is not None:
                missing[wanted] -= 1
                helper.run = wanted
                helper.leave[0] = 0
                helper.wake.release()

    def _shares(self) -> dict[_Run, int]:
        """Return the number of helpers that each run should have, the earliest run first."""
        spare = max(0, self._cores - len(self._runs))
        shares = {}
        for number, run in enumerate(self._runs):
            share = -(-spare // (len(self._runs) - number))
            shares[run] = min(share, run.most_helpers)
            spare -= shares[run]
        return shares

    def _help(self, helper: _Helper) -> None:
        while True:
            helper.wake.acquire()
            assert helper.run is not None
            record = helper.run.record
            self._loop(address(record), address(helper.leave), address(helper.space))
            with self._lock:
                helper.run = None
                self._share()

    @contextmanager
    def _workspace(self) -> Iterator[npt.NDArray[np.float32]]:
        with self._lock:
            space = self._spaces.pop() if self._spaces else None
        if space is None:
            space = allocate_floats(self._workspace_floats)
        try:
            yield space
        finally:
            with self._lock:
                self._spaces.append(space)
