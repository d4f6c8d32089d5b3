"""The first start: gunicorn's master has the model downloaded and prepared by a child."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

_LOOK_SECONDS = 0.5

_TIDY_SECONDS = 5.0
"""Seconds for the child to end in after it was told to."""


def prepare(log: Any, *, in_lines: bool) -> int:
    """Run the command `prepare` and return its status, negative if a signal ended it.

    The child ends with this process, or when an exception ends the wait. What it says goes to
    standard error, or with `in_lines` through `log`.
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
        # Not one wait: a signal that comes just before it would not interrupt it.
        while process.poll() is None:
            with suppress(subprocess.TimeoutExpired):
                process.wait(_LOOK_SECONDS)
        return process.returncode
    finally:
        _end(process)
        os.close(ours)


def _end(process: "subprocess.Popen[str]") -> None:
    if process.poll() is None:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_TIDY_SECONDS)
        process.kill()
        process.wait()
    if process.stderr is not None:
        process.stderr.close()
