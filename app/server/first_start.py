"""The first start: a child of gunicorn's master downloads and prepares the model."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

_POLL_SECONDS = 0.5

_STOP_SECONDS = 5.0
"""Time that the child has to end after it was told to."""


def prepare_in_child(log: Any, *, in_lines: bool) -> int:
    """Run the command `prepare` and return its exit status, negative if a signal ended it.

    The child ends with this process, or when an exception ends the wait. Its output goes to
    standard error, or with `in_lines` to `log`.
    """
    ends_with_us, ours = os.pipe()
    command = [sys.executable, "-m", "app", "prepare", "--end-with", str(ends_with_us)]
    process = subprocess.Popen(
        command,
        cwd=Path(__file__).parents[2],
        pass_fds=[ends_with_us],
        stderr=subprocess.PIPE if in_lines else None,
        text=True,
        errors="replace",
    )
    os.close(ends_with_us)
    try:
        for line in process.stderr or ():
            log.info("%s", line.rstrip())
        # Several short waits, because a signal just before a wait does not interrupt it.
        while process.poll() is None:
            with suppress(subprocess.TimeoutExpired):
                process.wait(_POLL_SECONDS)
        return process.returncode
    finally:
        _end(process)
        os.close(ours)


def _end(process: "subprocess.Popen[str]") -> None:
    if process.poll() is None:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_STOP_SECONDS)
        process.kill()
        process.wait()
    if process.stderr is not None:
        process.stderr.close()
