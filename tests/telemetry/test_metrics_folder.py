"""Processes share their metrics in a folder, in which nothing of an earlier run is left."""

import errno
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from app.telemetry import metrics_folder
from app.telemetry.metrics_folder import MEMORY, PREFIX, VARIABLE
from tests.servers import PROJECT

OURS = (os.getuid(), os.getgid())


def folders_of(pid: int) -> list[Path]:
    """Return the folders of a server."""
    parents = (MEMORY, Path(tempfile.gettempdir()))
    return [folder for parent in parents for folder in parent.glob(f"{PREFIX}{pid}-*")]


@pytest.fixture(autouse=True)
def nothing_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "")  # so that later changes are undone


def test_the_folder_is_private_and_removed_with_its_content() -> None:
    metrics_folder.prepare(*OURS)
    folder = Path(os.environ[VARIABLE])
    assert folder.stat().st_mode & 0o777 == 0o700
    metrics_folder.add_process(7, *OURS)
    assert list(folder.iterdir())
    metrics_folder.remove()
    assert not folder.exists()


def test_folders_of_killed_servers_are_removed_but_not_those_in_use() -> None:
    code = f"from app.telemetry.metrics_folder import prepare; prepare{OURS}; "
    code += "print(flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as server:
        assert server.stdout is not None
        server.stdout.readline()
        metrics_folder.prepare(*OURS)
        metrics_folder.remove()
        metrics_folder.disable()
        assert len(folders_of(server.pid)) == 1
        server.kill()
    metrics_folder.prepare(*OURS)
    metrics_folder.remove()
    assert folders_of(server.pid) == []


def test_an_operators_folder_is_emptied_and_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "made" / "when missing"
    monkeypatch.setenv(VARIABLE, str(folder))
    metrics_folder.prepare(*OURS)
    (folder / "counter_1.db").touch()
    (folder / "note.txt").touch()
    metrics_folder.prepare(*OURS)
    metrics_folder.remove()
    assert [path.name for path in folder.iterdir()] == ["note.txt"]


def test_the_folder_of_the_replaced_server_is_left_alone() -> None:
    metrics_folder.prepare(*OURS)
    earlier = Path(os.environ[VARIABLE])
    metrics_folder.add_process(7, *OURS)
    counted = sorted(earlier.iterdir())
    metrics_folder.prepare(*OURS)
    assert Path(os.environ[VARIABLE]) != earlier
    metrics_folder.remove()
    assert sorted(earlier.iterdir()) == counted
    shutil.rmtree(earlier)


def test_a_folder_that_cannot_be_used_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv(VARIABLE, str(tmp_path / "file"))
    with pytest.raises(OSError, match="file"):
        metrics_folder.prepare(*OURS)


@pytest.fixture
def no_chown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forbid to change owners, like the sandbox of systemd's unit."""

    def forbidden(*args: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "chown", forbidden)


@pytest.mark.usefixtures("no_chown")
def test_metrics_are_shared_where_owners_cannot_be_changed() -> None:
    metrics_folder.prepare(*OURS)
    metrics_folder.add_process(7, *OURS)
    assert len(list(Path(os.environ[VARIABLE]).iterdir())) == 3
    metrics_folder.remove()


@pytest.mark.usefixtures("no_chown")
def test_a_folder_whose_owner_cannot_be_changed_is_not_left_behind() -> None:
    with pytest.raises(PermissionError):
        metrics_folder.prepare(OURS[0] + 1, OURS[1])
    assert folders_of(os.getpid()) == []


def test_only_the_counts_of_an_ended_process_are_kept() -> None:
    metrics_folder.prepare(*OURS)
    for pid in (7, 77):
        metrics_folder.add_process(pid, *OURS)
    metrics_folder.remove_process(7)
    left = {path.name for path in Path(os.environ[VARIABLE]).iterdir()}
    metrics_folder.remove()
    assert left == {
        "counter_left-by-7.db",
        "histogram_left-by-7.db",
        "counter_77.db",
        "histogram_77.db",
        "gauge_livesum_77.db",
    }


def test_the_number_of_files_does_not_grow_when_processes_are_replaced() -> None:
    metrics_folder.prepare(*OURS)
    folder = Path(os.environ[VARIABLE])
    metrics_folder.add_process(1, *OURS)
    (folder / "counter_1.db").write_bytes(b"counts")
    for pid in range(2, 10):
        metrics_folder.add_process(
            pid, *OURS
        )  # as at a reload, the new one starts before the old one ends
        metrics_folder.remove_process(pid - 1)
    metrics_folder.add_process(10, *OURS)
    files = list(folder.iterdir())
    counters = [path.read_bytes() for path in files if path.name.startswith("counter")]
    metrics_folder.remove()
    assert len(files) == 3 * 2
    assert sorted(map(len, counters)) == [len(b"counts"), metrics_folder.FILE_BYTES]


def test_a_process_continues_the_counts_of_an_earlier_one_with_its_number() -> None:
    metrics_folder.prepare(*OURS)
    counter = Path(os.environ[VARIABLE]) / "counter_7.db"
    counter.write_bytes(b"counts")
    metrics_folder.add_process(7, *OURS)
    kept = counter.read_bytes()
    metrics_folder.remove()
    assert kept == b"counts"


def test_a_full_disk_is_an_error_before_it_can_kill_a_process() -> None:
    metrics_folder.prepare(*OURS)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            metrics_folder.add_process(7, *OURS)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    left = list(Path(os.environ[VARIABLE]).iterdir())
    metrics_folder.remove()
    assert left == []


def test_without_a_folder_nothing_is_done() -> None:
    metrics_folder.disable()
    metrics_folder.add_process(7, *OURS)
    metrics_folder.remove_process(7)
    metrics_folder.remove()


def test_the_master_does_not_import_prometheus_client() -> None:
    code = "import sys, app.server.config; sys.exit('prometheus_client' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=PROJECT).returncode == 0
