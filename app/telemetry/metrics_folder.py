"""The folder in which prometheus_client shares the metrics of a server's processes.

gunicorn's master uses this module. It must not import prometheus_client, because workers would
inherit its modules before gevent has patched them.
"""

import fcntl
import os
import shutil
import tempfile
from pathlib import Path

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
"""Environment variable with the folder, which prometheus_client reads when it is imported."""

MEMORY = Path("/dev/shm")
"""A file system in memory, on Linux."""

PREFIX = "kokoro-metrics-"
"""Beginning of the names of folders that are made here, unlike an operator's."""

FILES = ("counter", "histogram", "gauge_livesum")
"""Kinds of metrics, as in the names of their files."""

FILE_BYTES = 1 << 18
"""Size of a file: more than the metrics of one kind take."""

LEFT = "left-by-"
"""Mark in the names of files of ended processes, until a new process takes them over."""


def prepare(uid: int, gid: int) -> None:
    """Make a folder that the user `uid` can write to, or empty the one that the operator named.

    Raises `OSError` if that is not possible.
    """
    folder = _folder()
    # A server that replaces another inherits the variable, but the other still uses its folder.
    if folder is not None and not folder.name.startswith(PREFIX):
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.glob("*.db"):
            path.unlink()
    else:
        # In memory if possible: it is faster, and no clean-up job removes files there.
        parent = MEMORY if os.access(MEMORY, os.W_OK) else Path(tempfile.gettempdir())
        _remove_abandoned(parent)
        folder = _make(parent)
        try:
            _give(folder, uid, gid)
        except OSError:
            folder.rmdir()
            raise
    os.environ[VARIABLE] = str(folder)
    if not os.access(folder, os.W_OK):
        raise PermissionError(f"{folder} cannot be written to")


def add_process(pid: int, uid: int, gid: int) -> None:
    """Make the files for the metrics of the process `pid`, which will run as the user `uid`.

    It takes over the files of ended processes, so that there are never more files than there were
    processes at once. The files have their full size from the start, because a process is killed if
    it writes to a mapped file on a full disk. Raises `OSError` if there is no space.
    """
    for path in _files(pid):
        if path.exists() or _take_over(path):  # it exists if an earlier process had the same number
            continue
        whole = path.with_suffix(".new")  # other processes may read files in .db at any time
        try:
            whole.write_bytes(bytes(FILE_BYTES))
            _give(whole, uid, gid)
            whole.replace(path)
        finally:
            whole.unlink(missing_ok=True)


def remove_process(pid: int) -> None:
    """Remove the gauges of the ended process `pid`, and leave its counts for another process."""
    for path in _files(pid):
        try:
            if path.name.startswith("gauge"):
                path.unlink()
            else:
                path.rename(path.with_name(f"{_kind(path)}_{LEFT}{pid}.db"))
        except FileNotFoundError:  # it did not share its metrics
            continue


def remove() -> None:
    """Remove the folder, unless it is the operator's."""
    folder = _folder()
    if folder is not None and folder.name.startswith(PREFIX):
        shutil.rmtree(folder, ignore_errors=True)


def disable() -> None:
    """Make this process and its children keep separate metrics."""
    os.environ.pop(VARIABLE, None)


def _make(parent: Path) -> Path:
    """Make a folder that is locked as long as this process or one of its children lives."""
    new = Path(tempfile.mkdtemp(prefix="new-", dir=parent))
    fcntl.flock(os.open(new, os.O_RDONLY), fcntl.LOCK_EX)
    # Renamed only now, so that no other server finds it without its lock.
    return new.rename(parent / f"{PREFIX}{os.getpid()}-{new.name.removeprefix('new-')}")


def _give(path: Path, uid: int, gid: int) -> None:
    """Make the user the owner of `path`; a sandbox may forbid that if it is theirs already."""
    status = path.stat()
    if (status.st_uid, status.st_gid) != (uid, gid):
        os.chown(path, uid, gid)


def _remove_abandoned(parent: Path) -> None:
    """Remove the folders of killed servers."""
    for folder in parent.glob(f"{PREFIX}*"):
        try:
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except OSError:  # it belongs to another user, or has just been removed
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        except BlockingIOError:  # its server is running
            continue
        finally:
            os.close(lock)


def _take_over(path: Path) -> bool:
    """Rename the file of an ended process to `path`, and return whether there was one."""
    for left in path.parent.glob(f"{_kind(path)}_{LEFT}*.db"):
        try:
            left.rename(path)
        except FileNotFoundError:  # another process has taken it over
            continue
        return True
    return False


def _kind(path: Path) -> str:
    return path.name.rpartition("_")[0]


def _folder() -> Path | None:
    chosen = os.environ.get(VARIABLE)
    return Path(chosen) if chosen else None


def _files(pid: int) -> list[Path]:
    folder = _folder()
    return [] if folder is None else [folder / f"{kind}_{pid}.db" for kind in FILES]
