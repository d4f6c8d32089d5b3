"""Removes from a text what no voice can or should say."""

import re
import unicodedata

import regex

_REPLACEMENTS = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "ʼ": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        # espeak-ng says the danda's name or loses it.
        "।": ".",
        "॥": ".",
    }
)

# Pictographs, each with the joiners, skin tones and flag letters that follow it; the regex module
# knows Unicode's lists of them. Signs below U+2300, such as © and ™, are read out.
_EMOJI = regex.compile(
    r"(?V1)(?:[[\p{Emoji_Presentation}\p{Extended_Pictographic}]--[\u0000-\u22ff]]"
    r"[\u200d\ufe00-\ufe0f\U000e0020-\U000e007f]*)+"
)
_KEYCAP_MARKS = "\ufe0e\ufe0f\u20e3"


def clean(text: str) -> str:
    """Return `text` in NFC with plain quotes, and without emoji, control and invisible characters.

    What is removed between two words leaves a space; line ends stay.
    """
    text = unicodedata.normalize("NFC", text).translate(_REPLACEMENTS)
    text = _EMOJI.sub(" ", text)
    text = "".join(_visible(character) for character in text)
    return re.sub(r"[^\S\n]+", " ", text).strip()


def is_speakable(text: str) -> bool:
    """Whether `text` holds a letter or a digit, so that there is something to say."""
    return any(unicodedata.category(character)[0] in "LN" for character in text)


def _visible(character: str) -> str:
    if character == "\n":
        return character
    category = unicodedata.category(character)
    # Zero-width and bidirectional marks stand inside words.
    if category == "Cf" or character in _KEYCAP_MARKS:
        return ""
    # Controls, lone surrogates, private use and unassigned code points; U+2028, U+2029 and tabs.
    return " " if category[0] == "C" or category in ("Zl", "Zp") else character
