"""The file that a command speaks into: what its name says, and that it is whole or not there."""

import errno
import os
import shutil
import sys
import tempfile
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
    path = Path(output).resolve()
    try:
        if _is_replaced(output):
            with tempfile.TemporaryFile(dir=path.parent):
                pass
        elif output != STANDARD_OUTPUT and path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    except OSError as error:
        raise _cannot_write(output, error) from error


def write_whole(output: str, data: bytes) -> None:
    """Write a file, or what was there before is still there.

    Raises `ClickException` when it cannot be written.
    """
    try:
        if output == STANDARD_OUTPUT:
            sys.stdout.buffer.write(data)
        elif _is_replaced(output):
            _replace(Path(output).resolve(), data)
        else:  # a pipe or a device
            Path(output).write_bytes(data)
    except OSError as error:
        raise _cannot_write(output, error) from error


def _is_replaced(output: str) -> bool:
    path = Path(output)
    return output != STANDARD_OUTPUT and (path.is_file() or not path.exists())


def _replace(path: Path, data: bytes) -> None:
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        partial.write_bytes(data)
        if path.exists():
            shutil.copymode(path, partial)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _cannot_write(output: str, error: OSError) -> click.ClickException:
    return click.ClickException(f"{output} cannot be written: {error.strerror}.")
