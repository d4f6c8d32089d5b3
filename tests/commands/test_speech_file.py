"""A file that `say` writes is whole or not there, whatever was at its path before."""

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from app.commands import speech_file
from app.commands.speech_file import format_name, require_writable, write_whole
from app.settings import FORMATS


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


def test_a_pipe_that_has_a_descriptor_and_no_path_is_written_to() -> None:
    reading, writing = os.pipe()
    try:
        require_writable(f"/dev/fd/{writing}")
        write_whole(f"/dev/fd/{writing}", b"sound")
        assert os.read(reading, 100) == b"sound"
    finally:
        os.close(reading)
        os.close(writing)


def test_a_folder_that_nobody_can_write_in_is_named() -> None:
    with pytest.raises(click.ClickException, match=r"^/proc/a\.wav cannot be written: "):
        require_writable("/proc/a.wav")


def test_standard_output_can_always_be_written(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    require_writable("-")
    write_whole("-", b"sound")
    assert speech_file.STANDARD_OUTPUT == "-"
    assert capfdbinary.readouterr().out == b"sound"


@pytest.mark.parametrize("length", [240, 249, 255])
def test_a_file_whose_name_is_as_long_as_names_may_be_is_written(
    tmp_path: Path, length: int
) -> None:
    path = tmp_path / f"{'a' * (length - 4)}.wav"
    for data in (b"first", b"second"):
        require_writable(str(path))
        write_whole(str(path), data)
        assert path.read_bytes() == data
    assert list(tmp_path.iterdir()) == [path]


def test_a_name_that_is_too_long_is_refused_beforehand(tmp_path: Path) -> None:
    with pytest.raises(click.ClickException, match="File name too long"):
        require_writable(str(tmp_path / f"{'a' * 252}.wav"))


def as_anybody(code: str, folder: Path) -> str:
    """Run Python in `folder` as a user without root's privileges; return its output."""
    code = f"""
import os
from app.commands.speech_file import require_writable, write_whole
if os.geteuid() == 0:
    os.setuid(65534)
os.chdir({str(folder)!r})
{code}
"""
    command = [sys.executable, "-c", code]
    root = Path(__file__).parents[2]
    result = subprocess.run(command, cwd=root, capture_output=True, text=True)
    return result.stdout + result.stderr


@pytest.fixture
def closed_folder() -> Iterator[Path]:
    """A folder in which no file can be made or replaced, with one writable file."""
    with tempfile.TemporaryDirectory() as name:  # other users cannot reach pytest's own
        folder = Path(name)
        (folder / "old.wav").write_bytes(b"a longer one from earlier")
        (folder / "old.wav").chmod(0o666)
        folder.chmod(0o555)
        yield folder
        folder.chmod(0o755)


def test_a_file_in_a_folder_that_takes_no_new_ones_is_written_in_place(closed_folder: Path) -> None:
    code = 'require_writable("old.wav"); write_whole("old.wav", b"later")'
    assert as_anybody(code, closed_folder) == ""
    assert (closed_folder / "old.wav").read_bytes() == b"later"


@pytest.mark.parametrize("name", ["old.wav", "new.wav"])
def test_files_that_cannot_be_written_there_are_refused_beforehand(
    closed_folder: Path, name: str
) -> None:
    (closed_folder / "old.wav").chmod(0o444)
    said = as_anybody(f'require_writable("{name}")', closed_folder)
    assert f"{name} cannot be written: Permission denied." in said
