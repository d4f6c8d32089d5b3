"""Disks that are small, lose a bit, or cannot be written to."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[None]:
    """Mount a disk of that size at `folder`; skips the test where that is not permitted."""
    if problem := _mount("-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)):
        pytest.skip(f"no disk can be mounted here: {problem}")
    try:
        yield
    finally:
        _unmount(folder)


@contextmanager
def read_only(folder: Path) -> Iterator[list[str]]:
    """Make a folder read-only; gives the words to put before commands.

    Permissions do not bind root: for root the folder is mounted read-only or, where that is not
    possible, the command drops the capability that overrides permissions.
    """
    if os.geteuid() == 0 and not _mount("--bind", str(folder), str(folder)):
        try:
            assert not _mount("-o", "remount,bind,ro", str(folder))
            yield []
        finally:
            _unmount(folder)
        return
    folders = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
    for each in folders:
        each.chmod(0o555)
    try:
        yield _bound_by_permissions() if os.geteuid() == 0 else []
    finally:
        for each in folders:
            each.chmod(0o755)


def _bound_by_permissions() -> list[str]:
    prefix = ["setpriv", "--inh-caps=-dac_override", "--bounding-set=-dac_override"]
    if shutil.which("setpriv") is None or subprocess.run([*prefix, "true"], check=False).returncode:
        pytest.skip("root can write everywhere here")
    return prefix


def _mount(*arguments: str) -> str:
    """Mount something; return why that failed, or an empty text."""
    ended = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    return ended.stderr.strip() or "it failed" if ended.returncode else ""


def _unmount(folder: Path) -> None:
    # Lazily: a process that has just ended may still have a file open there.
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def flipped(content: bytes) -> bytes:
    """Return `content` with a bit flipped in the middle."""
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
