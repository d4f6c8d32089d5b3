"""`prepare` does the work of the first start."""

from pathlib import Path

from click.testing import CliRunner

from app.cli import main
from tests.conftest import TINY_VOICE


def test_prepare_reports_the_model_or_its_problem(runner: CliRunner, tmp_path: Path) -> None:
    arguments = ["--model-path", str(TINY_VOICE), "prepare"]
    environ = {"XDG_CACHE_HOME": str(tmp_path)}
    result = runner.invoke(main, arguments, env=environ)
    assert result.exit_code == 0
    assert f"The model is in place: file {TINY_VOICE}." in result.output
    result = runner.invoke(main, ["--precision", "fp32", *arguments], env=environ)
    assert result.exit_code == 1
    assert "Error: This export of Kokoro cannot be prepared" in result.output
