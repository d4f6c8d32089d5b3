"""Programs of the system that tests need; without one, its tests are skipped by name."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

TABLE = Path(__file__).with_name("programs.txt")

PACKAGES: Mapping[str, str] = dict(
    line.split() for line in TABLE.read_text().splitlines() if not line.startswith("#")
)
"""Debian's packages, by program."""


def find(program: str) -> str | None:
    """Return the path of a program of the table; None if it is missing."""
    assert program in PACKAGES, f"{TABLE.name} does not have {program}"
    # Debian puts some into folders that only root's PATH has.
    return shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")


class MissingPrograms:
    """Reports missing programs at once, and skips the tests that are marked to need them.

    Where the environment has CI=true, a missing program is an error at once.
    """

    def __init__(self) -> None:
        self._missing = [program for program in PACKAGES if find(program) is None]

    def pytest_configure(self, config: pytest.Config) -> None:
        marker = "needs(*programs): skipped, and said so, where one of these programs is missing"
        config.addinivalue_line("markers", marker)
        if self._missing and os.environ.get("CI") == "true":
            raise pytest.UsageError(self._report())

    @pytest.hookimpl(trylast=True)
    def pytest_sessionstart(self, session: pytest.Session) -> None:
        terminal = session.config.pluginmanager.get_plugin("terminalreporter")
        if self._missing and terminal:
            terminal.write_line(f"{self._report()}; tests that need them are skipped.")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            for marker in item.iter_markers("needs"):
                for program in marker.args:
                    if program not in PACKAGES:
                        raise pytest.UsageError(
                            f"{item.nodeid} needs {program!r}, which {TABLE.name} does not have."
                        )
                    if program in self._missing:
                        item.add_marker(pytest.mark.skip(reason=_reason(program)))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        # From the reports: with pytest-xdist the tests are collected in other processes.
        skipped = {
            program: sorted(
                {
                    report.nodeid.split("[")[0]
                    for report in terminalreporter.stats.get("skipped", [])
                    if report.longrepr[2] == f"Skipped: {_reason(program)}"
                }
            )
            for program in self._missing
        }
        if not any(skipped.values()):
            return
        terminalreporter.section("tests skipped for want of programs")
        for program, tests in skipped.items():
            if tests:
                terminalreporter.write_line(f"{program}:")
            for name in tests:
                terminalreporter.write_line(f"  {name}")
        packages = " ".join(PACKAGES[program] for program, tests in skipped.items() if tests)
        terminalreporter.write_line(f"To run them: apt install {packages}")

    def _report(self) -> str:
        packages = " ".join(PACKAGES[program] for program in self._missing)
        return f"Missing programs: {', '.join(self._missing)} (apt install {packages})"


def _reason(program: str) -> str:
    return f"{program} is missing: apt install {PACKAGES[program]}"
