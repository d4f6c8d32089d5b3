"""Keeps the log of threads that outlive their test out of the tests that follow."""

import os
import sys
import threading
from pathlib import Path

import pytest

from app.telemetry import logs


class QuietStrayThreads:
    """Drops log lines of threads that are older than the test, and those between tests.

    A service that still loads when its test ends would otherwise log into the next one's output.
    """

    def __init__(self) -> None:
        self._older: set[threading.Thread] = set()
        nowhere = Path(os.devnull).open("w")  # noqa: SIM115

        def stream(_: object) -> object:
            is_stray = threading.current_thread() in self._older
            return nowhere if is_stray or sys.stderr is sys.__stderr__ else sys.stderr

        logs._StandardError.stream = property(stream)  # type: ignore[assignment,method-assign]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self) -> None:
        self._older = set(threading.enumerate()) - {threading.main_thread()}
