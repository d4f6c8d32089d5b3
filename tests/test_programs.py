"""Tests whose program is missing are skipped by name; under CI nothing runs without it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.programs import PACKAGES
from tests.servers import PROJECT

INSTALL_ALL = f"apt install {' '.join(PACKAGES.values())}"
SYSTEMD_TESTS = "tests/deploy/test_systemd.py"


def pytest_without_programs(folder: Path, *arguments: str, **environ: str) -> tuple[int, str]:
    """Run tests where no program is found but those of /usr/sbin; return how that ended."""
    inherited = {name: value for name, value in os.environ.items() if name != "CI"}
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments],
        cwd=PROJECT,
        env={**inherited, **environ, "PATH": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
    )
    return result.returncode, result.stdout


@pytest.mark.slow
@pytest.mark.parametrize("options", [[], ["-q"], ["-n", "2"]], ids=" ".join)
def test_missing_programs_are_named_at_once_and_their_skipped_tests_at_the_end(
    tmp_path: Path, options: list[str]
) -> None:
    status, output = pytest_without_programs(tmp_path, *options, SYSTEMD_TESTS, "-k", "finds")
    assert status == 0
    start, _, end = output.partition("tests skipped for want of programs")
    assert "Missing programs: chromium, curl, faketime, " in start.split(SYSTEMD_TESTS)[0]
    assert "apt install chromium curl faketime " in start
    summary = (
        "systemd-analyze:\n"
        f"  {SYSTEMD_TESTS}::test_systemd_finds_nothing_to_warn_of\n"
        f"  {SYSTEMD_TESTS}::test_systemd_finds_the_server_well_shut_in\n"
        "To run them: apt install systemd\n"
    )
    assert summary in end
    assert "systemd-analyze is missing: apt install systemd" in output
    assert "2 skipped" in output.splitlines()[-1]


@pytest.mark.slow
def test_under_ci_a_missing_program_is_an_error_before_any_test(tmp_path: Path) -> None:
    status, output = pytest_without_programs(tmp_path, "tests/test_programs.py", CI="true")
    assert status == 4
    assert output.startswith("ERROR: Missing programs: chromium, curl, faketime, ")
    assert "passed" not in output


@pytest.mark.slow
def test_a_test_may_need_only_what_the_table_has(tmp_path: Path) -> None:
    test = tmp_path / "test_it.py"
    test.write_text("import pytest\n@pytest.mark.needs('no-such')\ndef test_it(): pass\n")
    command = ["-c", "setup.cfg", "-p", "tests.conftest", str(test)]
    status, output = pytest_without_programs(tmp_path, *command)
    assert status == 4
    assert "needs 'no-such', which programs.txt does not have" in output


@pytest.mark.parametrize("program", PACKAGES)
def test_the_table_has_no_program_that_no_test_needs(program: str) -> None:
    tests = "".join(path.read_text() for path in (PROJECT / "tests").rglob("test_*.py"))
    assert any(f'"{program}"' in line for line in tests.splitlines() if "mark.needs(" in line)


def test_contributing_installs_what_the_table_has() -> None:
    assert f"\n{INSTALL_ALL}\n" in (PROJECT / "CONTRIBUTING.md").read_text()


def test_ci_installs_each_program_even_if_another_one_cannot_be(tmp_path: Path) -> None:
    log, apt = tmp_path / "log", tmp_path / "apt-get"
    apt.write_text(f'#!/bin/sh\necho "$@" >> {log}\n[ "$1" = update ] || [ "$5" != nodejs ]\n')
    apt.chmod(0o755)
    for name in ("bash", "sh", "dirname", "grep"):
        (tmp_path / name).symlink_to(f"/bin/{name}")
    result = subprocess.run(
        ["bash", PROJECT / ".ci" / "install-programs"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode == 0, result.stderr
    assert result.stderr == "node is missing, and apt-get cannot install nodejs.\n"
    installed = [line.split()[-1] for line in log.read_text().splitlines()]
    assert installed == ["-qq", *PACKAGES.values()]
