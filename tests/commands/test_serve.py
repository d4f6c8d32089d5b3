"""`serve` becomes gunicorn, with the flags as settings."""

import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import main
from app.settings import Settings
from tests.conftest import TINY_VOICE
from tests.servers import free_port, server


def test_paths_mean_the_same_wherever_the_server_runs(
    runner: CliRunner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    served: list[Settings] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("os.execv", lambda *command: served.append(Settings.load()))
    (tmp_path / "words").touch()
    (tmp_path / "voices").mkdir()
    flags = ["--lexicon", "words", "--api-key-file", "words", "--voices-dir", "voices"]
    result = runner.invoke(main, flags)
    assert result.exit_code == 0, result.output
    assert Path.cwd() != tmp_path
    assert served == [
        Settings(
            lexicon=tmp_path / "words",
            api_key_file=tmp_path / "words",
            voices_dir=tmp_path / "voices",
        )
    ]


def test_serve_is_what_happens_without_a_command(
    runner: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[Settings] = []
    monkeypatch.setattr("app.commands.serve.run_server", served.append)
    commands = (
        ["--port", "9001", "--markdown", "off"],
        ["--port", "9001", "--markdown", "off", "serve"],
        ["--port", "9001", "serve", "--markdown", "off"],
        ["--port", "1", "serve", "--port", "9001", "--markdown", "off"],
    )
    for command in commands:
        result = runner.invoke(main, command, env={"PORT": "9000"})
        assert result.exit_code == 0, result.output
    assert served == [Settings(port=9001, markdown=False)] * len(commands)
    refused = runner.invoke(main, ["serve", "--port", "x"])
    assert refused.output == (
        "Error: PORT (--port) is 'x'; allowed: a whole number from 1 to 65535.\n"
    )


@pytest.mark.slow
def test_the_command_serves_from_a_folder_with_an_app_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("raise SystemExit('the wrong app')")
    shutil.copy(TINY_VOICE, tmp_path / "model.onnx")
    port = free_port()
    # The installed command: `python -m app` would run the folder's own app.
    command = [str(Path(sys.executable).with_name("kokoro-openai-server")), "--port", str(port)]
    arguments = ["--host", "127.0.0.1", "--model-path", "model.onnx"]
    log = tmp_path / "log"
    with server([*command, *arguments], {}, port, log, folder=tmp_path) as running:
        running.wait_until_healthy()
        assert running.speak("hello").status_code == 200


@pytest.mark.slow
def test_the_command_serves_with_its_flags_and_stops_on_a_signal(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "app", "--port", str(port), "--host", "127.0.0.1"]
    arguments = ["--workers", "2", "--model-path", str(TINY_VOICE)]
    with server([*command, *arguments], {"PORT": "1"}, port, tmp_path / "log") as running:
        running.wait_until_healthy()
        assert running.speak("hello").status_code == 200
        running.process.terminate()
        assert running.process.wait(30) == 0
