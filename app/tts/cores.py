"""The number of processor cores that this process may use."""

import math
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath


def usable_cores(root: Path = Path("/")) -> int:
    """Return the cores that affinity and the quotas of control groups leave to this process.

    There is at least one, and a quota of one and a half counts as two. `/proc` and `/sys` are
    looked up in `root`.
    """
    return max(1, min([_affinity(), *map(math.ceil, _quotas(root))]))


def _affinity() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        return os.cpu_count() or 1


def _quotas(root: Path) -> Iterator[float]:
    """Return the quotas in cores of this process's control groups and of their parents.

    See Documentation/admin-guide/cgroup-v2.rst (cpu.max) and scheduler/sched-bwc.rst of Linux.
    """
    groups = root / "sys/fs/cgroup"
    for line in _read(root / "proc/self/cgroup").splitlines():
        _, controllers, name = line.split(":", 2)
        if not controllers:  # version 2
            for folder in _with_parents(groups, name):
                yield from _cores(_read(folder / "cpu.max").split())
        elif "cpu" in controllers.split(","):
            for folder in _with_parents(groups / controllers, name):
                words = [_read(folder / f"cpu.cfs_{kind}_us") for kind in ("quota", "period")]
                yield from _cores(words)


def _with_parents(mount: Path, name: str) -> Iterator[Path]:
    """Return the folders of a group and of all its parents, up to the root of the mount.

    In a container, the name may be the one outside, and the group itself is the mount's root.
    """
    for group in (PurePosixPath(name), *PurePosixPath(name).parents):
        yield mount / group.relative_to("/")


def _cores(quota_and_period: list[str]) -> Iterator[float]:
    """Return the cores that a quota in each period allows, both in microseconds, if bounded."""
    try:
        quota, period = map(int, quota_and_period)
    except ValueError:  # no such file, or "max"
        return
    if quota > 0 and period > 0:  # version 1 says -1 for no bound
        yield quota / period


def _read(path: Path) -> str:
    try:
        return os.fsdecode(path.read_bytes())
    except OSError:
        return ""
