"""The folder in which the processes of one server share their metrics, as prometheus_client does.

This is for gunicorn's master, which must not import prometheus_client: what that imports would be
inherited by workers before gevent has patched it.
"""

import fcntl
import os
import shutil
import tempfile
from pathlib import Path

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
"""Names the folder to prometheus_client, which looks when it is imported."""

MEMORY = Path("/dev/shm")

PREFIX = "kokoro-metrics-"
"""Tells folders that were made here from those of an operator."""

FILES = ("counter", "histogram", "gauge_livesum")
"""Kinds of metrics, by their files' names."""

FILE_BYTES = 1 << 18
"""More than the metrics of one kind take."""

LEFT = "left-by-"
"""Marks the files of processes that ended, until another goes on with them."""


def prepare(uid: int, gid: int) -> None:
    """Make a folder that the user `uid` may write to, or empty the one that the operator named.

    Raises `OSError` where that is not possible.
    """
    folder = _folder()
    # A server that takes another's place inherits the name of its folder, which is in use.
    if folder is not None and not folder.name.startswith(PREFIX):
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.glob("*.db"):
            path.unlink()
    else:
        # Memory where the system has it: it is faster, and nobody tidies up there.
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


def begin(pid: int, uid: int, gid: int) -> None:
    """Take the room that the metrics of the process `pid` need, which will run as the user `uid`.

    It goes on with what processes that ended left, so that there are never more files than there
    were processes at once. Raises `OSError` where there is no room: a mapped file that is written
    to when the disk is full would kill the process.
    """
    for path in _files(pid):
        if path.exists() or _inherited(path):  # a process of the same number counted before
            continue
        whole = path.with_suffix(".new")  # others read what ends in .db at any time
        try:
            whole.write_bytes(bytes(FILE_BYTES))
            _give(whole, uid, gid)
            whole.replace(path)
        finally:
            whole.unlink(missing_ok=True)


def end(pid: int) -> None:
    """Forget what the process `pid` did when it died; what it counted is left to others."""
    for path in _files(pid):
        try:
            if path.name.startswith("gauge"):
                path.unlink()
            else:
                path.rename(path.with_name(f"{_kind(path)}_{LEFT}{pid}.db"))
        except FileNotFoundError:  # it counted for itself
            continue


def remove() -> None:
    """Remove the folder, unless it is the operator's."""
    folder = _folder()
    if folder is not None and folder.name.startswith(PREFIX):
        shutil.rmtree(folder, ignore_errors=True)


def give_up() -> None:
    """Let this process, and those that it starts, keep metrics of their own."""
    os.environ.pop(VARIABLE, None)


def _make(parent: Path) -> Path:
    """Make a folder, locked for as long as this process or one of its children lives."""
    new = Path(tempfile.mkdtemp(prefix="new-", dir=parent))
    fcntl.flock(os.open(new, os.O_RDONLY), fcntl.LOCK_EX)
    # Named only now: no other server may find it without its lock.
    return new.rename(parent / f"{PREFIX}{os.getpid()}-{new.name.removeprefix('new-')}")


def _give(path: Path, uid: int, gid: int) -> None:
    """Make `path` the user's; a sandbox that forbids that is no trouble where it is theirs."""
    status = path.stat()
    if (status.st_uid, status.st_gid) != (uid, gid):
        os.chown(path, uid, gid)


def _remove_abandoned(parent: Path) -> None:
    """Remove the folders of servers that were killed."""
    for folder in parent.glob(f"{PREFIX}*"):
        try:
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except OSError:  # another user's, or gone by now
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        except BlockingIOError:  # its server lives
            continue
        finally:
            os.close(lock)


def _inherited(path: Path) -> bool:
    """Give `path` to the counts of a process that ended, if there are any."""
    for left in path.parent.glob(f"{_kind(path)}_{LEFT}*.db"):
        try:
            left.rename(path)
        except FileNotFoundError:  # another process goes on with them
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
