"""The file that a command speaks into: what its name says, and that it is whole or not there."""

import errno
import os
import secrets
import shutil
import sys
from pathlib import Path

import click

from app.settings import FORMATS

SUFFIXES = {**{f".{name}": name for name in FORMATS}, ".ogg": "opus"}
"""Formats by the endings of names; `opus` is Opus in Ogg."""

STANDARD_OUTPUT = "-"


def format_name(output: str) -> str:
    """Return the format that a file's name ends in; `wav` for a name that has no ending.

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
    """Raise `ClickException` unless a file can be written at `output`; leaves none there."""
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
    """Write a file, or what was there before is still there.

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
    """Whether a new file is to come to `path`, and not new content to what is there."""
    if not path.exists():
        return True
    return path.is_file() and os.access(path.resolve().parent, os.W_OK | os.X_OK)


def _new_file_beside(path: Path) -> Path:
    """Make an empty file that can be moved to `path`; its name is short, as that may be long."""
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
