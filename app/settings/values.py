"""Values that settings allow, and how they are read from text."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click


@dataclass(frozen=True)
class Values:
    """The values that a setting allows."""

    allowed: str
    """Their description, for help and errors."""

    parse: Callable[[str], Any]
    """Reads a value; raises `ValueError` or `click.BadParameter` for any other text."""

    is_there: Callable[[Path], bool] | None = None
    """Whether a path leads to a readable file or folder; None for values that are not paths."""


def whole_number(low: int, high: int) -> Values:
    """Allow the numbers from `low` to `high`."""
    return Values(f"a whole number from {low} to {high}", click.IntRange(low, high))


def one_of(*choices: str) -> Values:
    """Allow one of `choices`, in any case."""
    allowed = " or ".join((", ".join(choices[:-1]), choices[-1]))
    return Values(allowed, click.Choice(choices, case_sensitive=False))


def switch() -> Values:
    """Allow on and off."""
    return Values("on or off", lambda text: ("off", "on").index(text.lower()) == 1)


def some_of(*choices: str) -> Values:
    """Allow any of `choices`, in any case, with commas between."""

    def parse(text: str) -> tuple[str, ...]:
        names = tuple(name.strip().lower() for name in text.split(",") if name.strip())
        if not set(names) <= set(choices):
            raise ValueError
        return names

    return Values(f"a comma-separated list of {', '.join(choices)}", parse)


def words(allowed: str) -> Values:
    """Allow words with commas between, described as `allowed`."""

    def parse(text: str) -> tuple[str, ...]:
        words = tuple(word.strip() for word in text.split(",") if word.strip())
        if not all(word.isprintable() and " " not in word for word in words):
            raise ValueError
        return words

    return Values(allowed, parse)


def origins() -> Values:
    """Allow web origins with commas between, or `*`."""

    def parse(text: str) -> tuple[str, ...]:
        origins = tuple(origin.strip() for origin in text.split(",") if origin.strip())
        if origins != ("*",) and not all(map(_is_origin, origins)):
            raise ValueError
        return origins

    return Values("*, or a comma-separated list of origins such as https://example.org", parse)


def _is_origin(text: str) -> bool:
    """Return whether `text` is a page's origin as browsers send it: scheme, host and port."""
    parts = urlsplit(text)
    return (
        parts.scheme in ("http", "https")
        and text == f"{parts.scheme}://{parts.netloc}"
        and bool(re.fullmatch(r"(\[[0-9a-f:]+\]|[\w.-]+)(:\d+)?", parts.netloc))
    )


def existing_file() -> Values:
    """Allow the path of a file that can be read."""
    is_there = partial(_is_readable, Path.is_file, os.R_OK)
    return Values("a file that exists and can be read", _path, is_there)


def existing_folder() -> Values:
    """Allow the path of a folder that can be read."""
    is_there = partial(_is_readable, Path.is_dir, os.R_OK | os.X_OK)
    return Values("a folder that exists and can be read", _path, is_there)


def _path(text: str) -> Path:
    try:
        return Path(text).expanduser().absolute()
    except (OSError, RuntimeError) as error:  # no such home, or the working folder is gone
        raise ValueError from error


def _is_readable(is_kind: Callable[[Path], bool], access: int, path: Path) -> bool:
    try:
        return is_kind(path) and os.access(path, access)
    except OSError:  # a folder that may not be searched
        return False


def word(allowed: str) -> Values:
    """Allow one word, described as `allowed`."""

    def parse(text: str) -> str:
        if not text.isprintable() or " " in text:
            raise ValueError
        return text

    return Values(allowed, parse)


def matching(pattern: str, allowed: str) -> Values:
    """Allow text that matches `pattern` from end to end, described as `allowed`."""

    def parse(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError
        return text

    return Values(allowed, parse)
