"""The threads that help a run of the generator with its steps."""

import _thread
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from app.tts.types import Lock
from app.tts.vocoder.memory import address, allocate_floats

StartThread = Callable[[Callable[[], None]], None]
"""Calls a function in a native thread of its own."""

Loop = Callable[[int, int, int], None]
"""Works through a run: the addresses of its record, of what says to leave, of a work space."""


def start_thread(function: Callable[[], None]) -> None:
    """Call a function in a thread that ends with the process."""
    _thread.start_new_thread(function, ())


class _Helper:
    """A thread that waits for a run to help with."""

    def __init__(self, wake: Any) -> None:
        self.wake = wake
        """A lock that is released when there is something to do."""

        self.wake.acquire()
        self.leave = np.zeros(1, np.int64)
        self.run: npt.NDArray[np.int64] | None = None


class Crew:
    """Shares the cores among the runs in progress: each has the thread that called it at least.

    A run that is alone is helped by as many threads as there are further cores. When another one
    begins, helpers leave what they do for it or to make room for its own thread.
    """

    def __init__(
        self,
        cores: int,
        loop: Loop,
        workspace_floats: int,
        new_lock: Callable[[], Lock] = threading.Lock,
        start: StartThread = start_thread,
    ) -> None:
        """Work with `loop` in at most `cores` threads at once, those that call included.

        Each gets a work space of so many floats. `start` starts native threads and
        `new_lock` makes locks that work between them.
        """
        self._cores = cores
        self._loop = loop
        self._workspace_floats = workspace_floats
        self._lock = new_lock()
        self._runs: list[npt.NDArray[np.int64]] = []
        self._spaces: list[npt.NDArray[np.float32]] = []
        self._stay = np.zeros(1, np.int64)
        self._helpers: list[_Helper] = []
        with suppress(RuntimeError):  # as many as there may be, where a sandbox bounds threads
            while len(self._helpers) < cores - 1:
                helper = _Helper(new_lock())
                start(partial(self._help, helper))
                self._helpers.append(helper)

    def work(self, run: npt.NDArray[np.int64]) -> None:
        """Work through a run, with the help that there is; returns when all of it is done."""
        with self._workspace() as space:
            with self._lock:
                self._runs.append(run)
                self._share()
            try:
                self._loop(address(run), address(self._stay), address(space))
            finally:
                with self._lock:
                    self._runs = [other for other in self._runs if other is not run]
                    self._share()

    def _share(self) -> None:
        """Tell helpers to leave and to come, so that each run has its share of them."""
        spare = max(0, self._cores - len(self._runs))
        shares = {
            id(run): spare // len(self._runs) + (number < spare % len(self._runs))
            for number, run in enumerate(self._runs)
        }
        for helper in self._helpers:
            if helper.run is not None:
                share = shares.get(id(helper.run), 0)
                shares[id(helper.run)] = share - 1
                helper.leave[0] = share <= 0
        for helper in self._helpers:
            wanted = next((run for run in self._runs if shares[id(run)] > 0), None)
            if helper.run is None and wanted is not None:
                shares[id(wanted)] -= 1
                helper.run = wanted
                helper.leave[0] = 0
                helper.wake.release()

    def _help(self, helper: _Helper) -> None:
        space = allocate_floats(self._workspace_floats)
        while True:
            helper.wake.acquire()
            assert helper.run is not None
            self._loop(address(helper.run), address(helper.leave), address(space))
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
