"""`download` fetches the full-precision model."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import main


def test_download_that_fails_names_the_ways_out(
    runner: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kokoro-openai-server").touch()  # so that no folder can be made there
    result = runner.invoke(main, ["download"], env={"XDG_CACHE_HOME": str(tmp_path)})
    assert result.exit_code == 1
    assert "KOKORO_MODEL_PATH" in result.output
    assert result.output.count("\n") == 1
