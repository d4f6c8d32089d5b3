"""The file that `say` writes: its format by its name, and written whole or not at all."""

import errno
import os
import secrets
import shutil
import sys
from pathlib import Path

import click

from app.settings import FORMATS

SUFFIXES = {**{f".{name}": name for name in FORMATS}, ".ogg": "opus"}
"""Formats, by ending; `opus` is Opus in Ogg."""

STANDARD_OUTPUT = "-"


def format_name(output: str) -> str:
    """Return the format of a file by its name's ending, `wav` if it has none.

    Raises `ClickException` that lists the endings, for any other one.
    """
    suffix = Path(output).suffix.lower()
    if suffix and suffix not in SUFFIXES:
        *endings, last = SUFFIXES
        raise click.ClickException(
            f"No format ends in {suffix}: name a file of {', '.join(endings)} or {last}."
        )
    return SUFFIXES.get(suffix, "wav")


def require_writable(output: str) -> None:
    """Raise `ClickException` unless a file can be written at `output`; leaves no file there."""
    if output == STANDARD_OUTPUT:
        return
    path = Path(output)
    try:
        if _is_replaced(path):
            _new_file_beside(path.resolve()).unlink()
        elif path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        elif not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise _cannot_write(output, error) from error


def write_whole(output: str, data: bytes) -> None:
    """Write a whole file, or leave the file that was there before.

    Pipes and devices are written in place, and so is a file in a folder where none can be made.
    Raises `ClickException` when it cannot be written.
    """
    try:
        if output == STANDARD_OUTPUT:
            sys.stdout.buffer.write(data)
        elif _is_replaced(Path(output)):
            _replace(Path(output).resolve(), data)
        else:
            Path(output).write_bytes(data)
    except OSError as error:
        raise _cannot_write(output, error) from error


def _is_replaced(path: Path) -> bool:
    """Return whether a new file is to replace `path`; otherwise it is written in place."""
    if not path.exists():
        return True
    return path.is_file() and os.access(path.resolve().parent, os.W_OK | os.X_OK)


def _new_file_beside(path: Path) -> Path:
    """Make an empty file, to be moved to `path`, whose name may be too long to add to."""
    partial = path.with_name(f".{secrets.token_hex(8)}.partial")
    partial.touch(exist_ok=False)
    return partial


def _replace(path: Path, data: bytes) -> None:
    partial = _new_file_beside(path)
    try:
        partial.write_bytes(data)
        if path.exists():
            shutil.copymode(path, partial)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _cannot_write(output: str, error: OSError) -> click.ClickException:
    return click.ClickException(f"{output} cannot be written: {error.strerror}.")
