"""`voices` lists the voices."""

from pathlib import Path

import numpy as np
from click.testing import CliRunner

from app.cli import main
from tests.conftest import TINY_VOICE


def test_voices_lists_all_54(runner: CliRunner) -> None:
    lines = runner.invoke(main, ["voices"]).output.splitlines()
    assert len(lines) == 54
    assert "bm_fable        British English       male    fable" in lines


def test_voices_of_a_folder_are_listed_and_speak_in_mixes(
    runner: CliRunner, tmp_path: Path
) -> None:
    np.save(tmp_path / "em_narrator-of-books.npy", np.zeros((510, 256), np.float32))
    folder = ["--voices-dir", str(tmp_path)]
    lines = runner.invoke(main, [*folder, "voices"]).output.splitlines()
    assert lines[54:] == ["em_narrator-of-books Spanish               male"]
    spoken = ["say", "Hola.", "--voice", "em_narrator-of-books + Alloy(0.5)", "-o", "-"]
    result = runner.invoke(main, [*folder, "--model-path", str(TINY_VOICE), *spoken])
    assert result.exit_code == 0
    (tmp_path / "bad.npy").touch()
    result = runner.invoke(main, [*folder, "voices"])
    assert result.exit_code == 1
    assert result.output.startswith(f"Error: The voice file {tmp_path}/bad.npy cannot be used: ")
