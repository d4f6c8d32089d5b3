"""`say` speaks a text into a file, or leaves no file and says why in one line."""

import sys
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import app.tts.audio
from app.cli import main
from app.tts.audio.formats import EncodedChunk
from app.tts.installation import pip_install
from app.version import NAME
from tests.conftest import TINY_VOICE
from tests.servers import PROJECT

NO_MODEL = ["--model-path", str(PROJECT / "README.md")]
"""Options with which every attempt to load a model fails, with a message of its own."""


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
def test_text_that_cannot_be_spoken_is_an_error_and_leaves_no_file(
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
