"""A first start that is told to stop ends at once, with all its processes and files."""

import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.terminal import (
    COMMAND,
    GUNICORN,
    HIDDEN,
    PREPARE,
    SHOWN,
    assert_all_gone,
    family,
    is_preparing,
    terminal,
)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT])
@pytest.mark.parametrize("command", [GUNICORN, COMMAND, PREPARE], ids=["gunicorn", "", "prepare"])
def test_a_start_that_is_told_to_stop_while_it_prepares_ends_with_all_its_processes(
    command: list[str],
    number: signal.Signals,
    preparing_environ: dict[str, str],
    caches: Path,
    measured: Callable[[str, object], None],
) -> None:
    with terminal(command, preparing_environ) as started:
        started.wait_for(lambda: is_preparing(caches))
        processes = family(started.process.pid)
        started.process.send_signal(number)
        told = time.monotonic()
        assert started.wait() == -number
        measured(f"seconds to end by {number.name} while preparing", time.monotonic() - told)
        assert_all_gone(processes, caches)
    assert b"Traceback" not in started.output
    assert started.output.rfind(SHOWN) > started.output.rfind(HIDDEN) > 0
