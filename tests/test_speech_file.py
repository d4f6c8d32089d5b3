"""A file that is spoken into is whole or not there, whatever else lies at its path."""

import os
import threading
from pathlib import Path

import click
import pytest

from app import speech_file
from app.settings import FORMATS
from app.speech_file import format_name, require_writable, write_whole


def test_every_format_has_an_ending_and_no_other_ending_is_taken_for_wav() -> None:
    assert {format_name(f"a.{name.upper()}") for name in FORMATS} == set(FORMATS)
    assert format_name("a.ogg") == "opus"
    assert format_name("-") == format_name("a") == format_name("folder.d/a") == "wav"
    for name in ("a.m4a", "a.wave", "a.ogg.bak"):
        with pytest.raises(click.ClickException, match="name a file of "):
            format_name(name)


def test_a_new_file_and_one_in_place_of_another_are_written(tmp_path: Path) -> None:
    old, link, new = tmp_path / "old", tmp_path / "link", tmp_path / "new"
    old.write_bytes(b"earlier")
    old.chmod(0o640)
    link.symlink_to("old")
    for path in (link, new):
        require_writable(str(path))
        write_whole(str(path), b"later")
        assert path.read_bytes() == b"later"
    assert link.is_symlink()
    assert old.stat().st_mode & 0o777 == 0o640
    assert {path.name for path in tmp_path.iterdir()} == {"old", "link", "new"}


def test_a_disk_that_is_full_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(b"earlier")

    def write_half(self: Path, data: bytes) -> int:
        with self.open("wb") as file:
            file.write(data[:2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", write_half)
    with pytest.raises(click.ClickException) as refused:
        write_whole(str(path), b"later")
    assert refused.value.message == f"{path} cannot be written: No space left on device."
    assert path.read_bytes() == b"earlier"
    assert list(tmp_path.iterdir()) == [path]


def test_a_pipe_is_written_to_and_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    heard: list[bytes] = []
    reader = threading.Thread(target=lambda: heard.append(pipe.read_bytes()), daemon=True)
    reader.start()
    require_writable(str(pipe))
    write_whole(str(pipe), b"sound")
    reader.join(10)
    assert heard == [b"sound"]
    assert pipe.is_fifo()


def test_a_folder_that_nobody_can_write_in_is_named() -> None:
    with pytest.raises(click.ClickException, match=r"^/proc/a\.wav cannot be written: "):
        require_writable("/proc/a.wav")


def test_standard_output_can_always_be_written(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    require_writable("-")
    write_whole("-", b"sound")
    assert speech_file.STANDARD_OUTPUT == "-"
    assert capfdbinary.readouterr().out == b"sound"
