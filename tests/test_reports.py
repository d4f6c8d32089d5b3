"""Tests in several processes can report any text."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import PROJECT


@pytest.mark.slow
def test_a_failure_with_half_a_character_is_reported_from_another_process(tmp_path: Path) -> None:
    test = tmp_path / "test_it.py"
    test.write_text("def test_it():\n    print('half: \\ud800')\n    assert '\\ud800' == 'whole'\n")
    options = ["-p", "no:cacheprovider", "-c", "setup.cfg", "-p", "tests.conftest", "-n", "1"]
    result = subprocess.run(
        [sys.executable, "-m", "pytest", *options, str(test)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert "half: \\ud800" in result.stdout
    assert "1 failed" in result.stdout.splitlines()[-1]
