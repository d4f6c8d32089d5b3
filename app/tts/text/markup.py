"""What a text may say about its own reading: `[word](/phonemes/)` and `[pause:1.5s]`.

Phonemes have a stress mark or a letter that English has not; `[Guide](/guide/)` is a link.

Both become single characters of Unicode's private planes, which pass through every later stage as
words do: an override's character stands for its number, a pause's for its length.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from app.tts.errors import InputError

MAX_PAUSE = 10.0
MAX_PAUSES = 300.0
"""Longest pause, and most of all the pauses of one text, in seconds."""

_FIRST_OVERRIDE, _FIRST_PAUSE, FIRST_LEXICON_ENTRY = 0xF0000, 0xFF000, 0x100000
PLACEHOLDER = re.compile("[\U000f0000-\U000fefff\U00100000-\U0010fffd]")
"""A character that stands for a word whose phonemes are given."""

PAUSE = re.compile("[\U000ff000-\U000ff3e8]")
"""A character that stands for a pause."""

_STRESS_AND_LENGTH = "ˈˌː"
_PRIVATE = re.compile("[\U000f0000-\U0010fffd]")
_OVERRIDE_MARK = re.compile(r"\[([^\[\]\n]{1,200})\]\(/([^/()\n]{1,500})/\)")
# What could be a path is left to Markdown, as a link.
_PATH = re.compile(r"[\w./-]+", re.ASCII)
# A stage direction such as [Pause: she looks up] is text.
_PAUSE_MARK = re.compile(r"(?i)\[pause\s{0,9}:(?! ?[a-z]+ )([^\[\]\n]{0,40})\]")
_DURATION = re.compile(r"(?i)(\d{1,6}(?:\.\d{1,6})?|\.\d{1,6})\s?(s|ms|sec|seconds?)?")


@dataclass(frozen=True)
class Marked:
    """A text with placeholders, and what they stand for."""

    text: str
    overrides: dict[str, str]
    """Phonemes by placeholder."""

    words: dict[str, str]
    """The words that have them, as they are written, by placeholder."""


def read_markup(text: str, symbols: Collection[str]) -> Marked:
    """Replace the overrides and pauses of a raw text by placeholders.

    Raises `InputError` for phonemes outside `symbols` and for a pause that is too long or unclear.
    """
    overrides: dict[str, str] = {}
    words: dict[str, str] = {}

    def override(match: re.Match[str]) -> str:
        word, phonemes = match[1], match[2].strip()
        if _PATH.fullmatch(phonemes):
            return match[0]
        check_phonemes(word, phonemes, symbols)
        placeholder = chr(_FIRST_OVERRIDE + len(overrides))
        overrides[placeholder] = phonemes
        words[placeholder] = word
        return placeholder

    text = _PRIVATE.sub(" ", text)
    if "[" not in text:
        return Marked(text, overrides, words)
    text = _OVERRIDE_MARK.sub(override, text)
    total = 0.0

    def pause(match: re.Match[str]) -> str:
        nonlocal total
        seconds = _seconds(match[1])
        total += seconds
        return chr(_FIRST_PAUSE + round(seconds * 100))

    text = _PAUSE_MARK.sub(pause, text)
    if total > MAX_PAUSES:
        raise InputError(
            f"The pauses last {total:.0f} seconds in all and at most {MAX_PAUSES:.0f} are allowed.",
            field="input",
        )
    return Marked(text, overrides, words)


def check_phonemes(word: str, phonemes: str, symbols: Collection[str]) -> None:
    """Raise `InputError` that names the symbols of `phonemes` which the model does not have."""
    unknown = sorted(set(phonemes) - set(symbols))
    if unknown:
        raise InputError(
            f"The pronunciation of {word!r} holds {' '.join(map(repr, unknown))}, which the model "
            "does not know.",
            field="input",
        )
    if not any(symbol.isalpha() and symbol not in _STRESS_AND_LENGTH for symbol in phonemes):
        raise InputError(f"The pronunciation of {word!r} holds no sound.", field="input")


def pause_seconds(placeholder: str) -> float:
    """Return the length of the pause that a character stands for."""
    return (ord(placeholder) - _FIRST_PAUSE) / 100


def _seconds(text: str) -> float:
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        raise InputError(
            f"The length of the pause {text.strip()!r} is unclear: write [pause:1.5s].",
            field="input",
        )
    seconds = float(match[1]) / (1000 if (match[2] or "").lower() == "ms" else 1)
    if seconds > MAX_PAUSE:
        raise InputError(
            f"A pause of {seconds:g} seconds is too long: at most {MAX_PAUSE:.0f}.", field="input"
        )
    return seconds
