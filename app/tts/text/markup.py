"""Markup for pronunciation and pauses: `[word](/phonemes/)` and `[pause:1.5s]`.

Phonemes hold a stress mark or a letter that English does not have; `[Guide](/guide/)` is a link.

Both become placeholders, single characters of Unicode's private planes, which pass through all
later steps like words. The placeholder of an override encodes its number, that of a pause its
length. A text may hold such characters itself, even as entities. So placeholders are inserted only
once Markdown's marks and entities have been read, into text from which `without_placeholders` has
removed them.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from app.tts.errors import InputError

MAX_PAUSE = 10.0
MAX_PAUSES = 300.0
"""Longest pause, and longest total of all pauses in one text, in seconds."""

_FIRST_OVERRIDE, _FIRST_PAUSE, FIRST_LEXICON_ENTRY = 0xF0000, 0xFF000, 0x100000
PLACEHOLDERS = "\U000f0000-\U0010ffff"
"""All characters that may be placeholders, for a character class of a regular expression."""

PLACEHOLDER = re.compile("[\U000f0000-\U000fefff\U00100000-\U0010fffd]")
"""A character that stands for a word whose phonemes are given."""

PAUSE = re.compile("[\U000ff000-\U000ff3e8]")
"""A character that stands for a pause."""

_STRESS_AND_LENGTH = "ˈˌː"
_ANY_PLACEHOLDER = re.compile(f"[{PLACEHOLDERS}]")
_MARK = (
    # A possible path is left to Markdown, as a link.
    r"\[(?:(?P<word>[^\[\]\n]{1,200})\]\(/(?![^\S\n]*[A-Za-z0-9_.-]+[^\S\n]*/\))"
    r"(?P<phonemes>[^/()\n]{1,500})/\)"
    # A stage direction such as [Pause: she looks up] is text.
    r"|(?i:pause[^\S\n]{0,9}:(?! ?[a-z]+ ))(?P<pause>[^\[\]\n]{0,40})\])"
)
_AT_MARK = re.compile(_MARK)
_MARK_OR_ESCAPED = re.compile(rf"(?P<backslash>\\?){_MARK}")
_DURATION = re.compile(r"(?i)(\d{1,6}(?:\.\d{1,6})?|\.\d{1,6})\s?(s|ms|sec|seconds?)?")


def without_placeholders(text: str) -> str:
    """Return `text` with a space for each character that could be taken for a placeholder."""
    return _ANY_PLACEHOLDER.sub(" ", text)


def find_mark(text: str, position: int) -> re.Match[str] | None:
    """Return the match of an override or pause that begins at `position`, if there is one."""
    return _AT_MARK.match(text, position)


@dataclass(frozen=True)
class Markup:
    """The overrides and pauses of one text, gathered while it is read."""

    symbols: Collection[str]
    """The phonemes that the model knows."""

    overrides: dict[str, str] = field(default_factory=dict)
    """Phonemes by placeholder."""

    words: dict[str, str] = field(default_factory=dict)
    """The words that the phonemes replace, as they are written, by placeholder."""

    _found: list[tuple[str, str]] = field(default_factory=list)
    """Each placeholder with the mark that it replaces, in the order of the text."""

    def placeholder(self, mark: re.Match[str]) -> str:
        """Return a placeholder for a mark that `find_mark` found, and remember it.

        Raises `InputError` for phonemes outside `symbols` and for a pause that is too long or
        unclear.
        """
        placeholder = self._pause(mark["pause"]) if mark["word"] is None else self._override(mark)
        self._found.append((placeholder, mark[0]))
        return placeholder

    def read(self, text: str) -> str:
        """Return `text`, which is not Markdown, with placeholders for its overrides and pauses.

        A mark after a backslash is text, and loses the backslash. Raises as `placeholder` does.
        """

        def read(mark: re.Match[str]) -> str:
            return mark[0][1:] if mark["backslash"] else self.placeholder(mark)

        return _MARK_OR_ESCAPED.sub(read, without_placeholders(text))

    def source(self, text: str) -> str:
        """Return a raw `text` that was read before, with placeholders for its marks.

        Marks are found by their spelling: if the same text stands before one as code, the
        placeholder goes there.
        """
        text = without_placeholders(text)
        parts, end = [], 0
        for placeholder, written in self._found:
            start = text.find(written, end)
            if start < 0:  # a mark with an escaped bar, in a table
                break
            parts += [text[end:start], placeholder]
            end = start + len(written)
        return "".join([*parts, text[end:]])

    def _override(self, mark: re.Match[str]) -> str:
        word, phonemes = mark["word"], mark["phonemes"].strip()
        check_phonemes(word, phonemes, self.symbols)
        number = _FIRST_OVERRIDE + len(self.overrides)
        if number >= _FIRST_PAUSE:
            raise InputError("It holds too many pronunciations.", field="input")
        placeholder = chr(number)
        self.overrides[placeholder] = phonemes
        self.words[placeholder] = word
        return placeholder

    def _pause(self, length: str) -> str:
        return chr(_FIRST_PAUSE + round(_seconds(length) * 100))


def check_phonemes(word: str, phonemes: str, symbols: Collection[str]) -> None:
    """Raise `InputError` that names the symbols of `phonemes` which the model does not know."""
    unknown = sorted(set(phonemes) - set(symbols))
    if unknown:
        raise InputError(
            f"The pronunciation of {word!r} holds {' '.join(map(repr, unknown))}, which the model "
            "does not know.",
            field="input",
        )
    if not any(symbol.isalpha() and symbol not in _STRESS_AND_LENGTH for symbol in phonemes):
        raise InputError(f"The pronunciation of {word!r} holds no sound.", field="input")


def check_pauses(text: str) -> None:
    """Raise `InputError` when the pauses of a text with placeholders are too long in total.

    A pause in the heading of a table counts as often as the heading is read.
    """
    total = sum(ord(pause) - _FIRST_PAUSE for pause in PAUSE.findall(text)) / 100
    if total > MAX_PAUSES:
        raise InputError(
            f"The pauses last {total:g} seconds in total, and only {MAX_PAUSES:.0f} are allowed.",
            field="input",
        )


def pause_seconds(placeholder: str) -> float:
    """Return the length of a pause by its placeholder."""
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
