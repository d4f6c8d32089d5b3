"""The picture of the rooms shows the imports of the code as it is."""

import os
import subprocess
import sys
from pathlib import Path

from tests.servers import PROJECT


def test_the_picture_is_up_to_date(tmp_path: Path) -> None:
    drawn = tmp_path / "architecture.svg"
    command = [sys.executable, "tools/draw_architecture.py"]
    environ = {**os.environ, "PYTHONPATH": str(PROJECT)}
    subprocess.run([*command, str(drawn)], cwd=PROJECT, env=environ, check=True)
    committed = PROJECT / "docs" / "architecture.svg"
    advice = f"python {command[1]} docs/{committed.name}"
    assert drawn.read_text() == committed.read_text(), f"Draw it again: {advice}"
