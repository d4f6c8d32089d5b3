"""Affinity and control groups limit the number of usable cores."""

import os
from pathlib import Path

import pytest

from app.tts.cores import usable_cores

SERVICE = "/system.slice/kokoro.service"


@pytest.fixture(autouse=True)
def _sixty_four_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(64)), raising=False)


def root_with(folder: Path, groups: str, **files: str) -> Path:
    """Make a root where this process is in `groups`, with the content of `files` by path."""
    for name, content in {"proc/self/cgroup": groups, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return folder


def group(path: str) -> str:
    return f"sys/fs/cgroup/{path}"


def test_without_control_groups_all_cores_are_usable(tmp_path: Path) -> None:
    assert usable_cores(tmp_path) == 64


@pytest.mark.parametrize(
    ("quota", "cores"),
    [("200000 100000", 2), ("150000 100000", 2), ("20000 100000", 1), ("max 100000", 64)],
)
def test_the_quota_of_a_container_bounds_them(tmp_path: Path, quota: str, cores: int) -> None:
    root = root_with(tmp_path, "0::/\n", **{group("cpu.max"): f"{quota}\n"})
    assert usable_cores(root) == cores


def test_so_does_that_of_a_service_and_of_the_slices_around_it(tmp_path: Path) -> None:
    files = {
        group(f"{SERVICE[1:]}/cpu.max"): "800000 100000\n",
        group("system.slice/cpu.max"): "400000 100000\n",
    }
    assert usable_cores(root_with(tmp_path, f"0::{SERVICE}\n", **files)) == 4
    files[group("system.slice/cpu.max")] = "max 100000\n"
    assert usable_cores(root_with(tmp_path, f"0::{SERVICE}\n", **files)) == 8


@pytest.mark.parametrize(
    ("controllers", "name", "folder"),
    [
        ("cpu,cpuacct", "/", "cpu,cpuacct"),
        ("cpu", "/docker/4f1c", "cpu/docker/4f1c"),
        # The name is the host's, the mount the container's own.
        ("cpu", "/docker/4f1c", "cpu"),
    ],
)
def test_so_does_that_of_version_1(
    tmp_path: Path, controllers: str, name: str, folder: str
) -> None:
    groups = f"5:memory:/\n4:{controllers}:{name}\n3:cpuset:/\n0::/\n"
    files = {
        group(f"{folder}/cpu.cfs_quota_us"): "300000\n",
        group(f"{folder}/cpu.cfs_period_us"): "100000\n",
    }
    assert usable_cores(root_with(tmp_path, groups, **files)) == 3
    files[group(f"{folder}/cpu.cfs_quota_us")] = "-1\n"
    assert usable_cores(root_with(tmp_path, groups, **files)) == 64


def test_affinity_bounds_them_below_a_larger_quota(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2}, raising=False)
    root = root_with(tmp_path, "0::/\n", **{group("cpu.max"): "800000 100000\n"})
    assert usable_cores(root) == 3
