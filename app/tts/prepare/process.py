"""Prepares a model in a process of its own, which can be killed at any moment.

Much of the work is native code, which no signal interrupts and which holds Python's lock for
seconds.
"""

import os
import shutil
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from app.tts.errors import AssetError, Stopped
from app.tts.model.assets import Progress
from app.tts.model.prepared import PreparedGraph

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


class PreparingProcess:
    """Runs `write_prepared` in a process of its own; another thread may stop it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._is_stopped = False

    def write(self, source: Path | bytes, prepared: PreparedGraph, report: Progress) -> None:
        """Run `app.tts.prepare.prepare.write_prepared` and raise its errors.

        Also raises `AssetError` when the process was killed, and `Stopped` after `stop`.
        """
        # Not at the top: gunicorn's master imports this module before gevent patches sockets.
        from multiprocessing import Pipe

        ours, theirs = Pipe()
        with ours:
            with theirs:
                process = self._start(theirs)
            try:
                ours.send((source, prepared.folder))
                while (message := ours.recv()) is not None:
                    if isinstance(message, BaseException):
                        raise message
                    report(*message)
            except (EOFError, ConnectionError) as error:
                status = process.wait()
                if self._is_stopped:
                    raise Stopped from error
                raise AssetError(describe_exit(status)) from error
            finally:
                process.kill()
                process.wait()

    def stop(self) -> bool:
        """Kill the process, and return whether there was one."""
        with self._lock:
            self._is_stopped = True
            if self._process is None or self._process.poll() is not None:
                return False
            self._process.kill()
            return True

    def _start(self, connection: "Connection") -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", __name__, str(connection.fileno())]
        with self._lock:
            if self._is_stopped:
                raise Stopped
            self._process = subprocess.Popen(
                command,
                # Python looks for modules in its working folder.
                cwd=Path(__file__).parents[3],
                pass_fds=[connection.fileno()],
                stdin=subprocess.DEVNULL,
                # Ctrl-C must reach only the process that waits for this one.
                start_new_session=True,
            )
            return self._process


def describe_exit(status: int) -> str:
    """Describe the end of a process that prepared a model, by subprocess's `status`."""
    if status >= 0:
        return f"Preparing the model ended with exit status {status}."
    return (
        f"Preparing the model was ended by signal {-status}. If that was for lack of memory (it "
        "takes 1.5 GB), set KOKORO_PRECISION to int8."
    )


def _main(descriptor: int) -> None:
    from multiprocessing.connection import Connection

    connection = Connection(descriptor)
    source, folder = connection.recv()
    end = threading.Thread(target=_end_with_parent, args=(connection, folder), daemon=True)
    end.start()
    from app.tts.prepare.prepare import write_prepared

    try:
        write_prepared(
            source, PreparedGraph(folder), lambda done, total: connection.send((done, total))
        )
    except Exception as error:  # raised by the process that waits
        connection.send(error)
    else:
        connection.send(None)


def _end_with_parent(connection: "Connection", folder: Path) -> None:
    """Remove unfinished files and exit when the process that waits for this one is gone."""
    try:
        connection.recv()
    except (EOFError, OSError):
        # The next start may be removing them as well, and this process may still be writing.
        with suppress(OSError):
            shutil.rmtree(folder, ignore_errors=True)
            folder.parent.rmdir()
        os._exit(1)


if __name__ == "__main__":
    _main(int(sys.argv[1]))
