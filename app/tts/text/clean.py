"""Removes from a text what no voice can or should say."""

import re
import unicodedata

import regex

from app.tts.text.markup import PLACEHOLDERS

PLAIN_SIGNS = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "‛": "'",
        "ʼ": "'",
        "`": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "‟": '"',
        "‐": "-",
        "‑": "-",
        "―": "—",
        "•": "\n",
        "‣": "\n",
    }
)
"""What stands for typographical quotes, hyphens and bullets, each a single character."""

# Pictographs, each with the joiners, skin tones and flag letters that follow it; the regex module
# knows Unicode's lists of them. Signs below U+2300, such as © and ™, are read out.
_EMOJI = regex.compile(
    r"(?V1)(?:[[\p{Emoji_Presentation}\p{Extended_Pictographic}]--[\u0000-\u22ff]]"
    r"[\u200d\ufe00-\ufe0f\U000e0020-\U000e007f]*)+"
)
_KEYCAP_MARKS = "\ufe0e\ufe0f"

# Letters and digits in a typographical dress: Roman numerals, circled and full-width ones,
# ligatures, half-width kana, mathematical alphabets. Full-width punctuation stays.
_DRESSED = re.compile(
    "[\u2160-\u2188\u3200-\u33ff\ufb00-\ufb06\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
    "\uff65-\uffdc\uffe0-\uffe6\U0001d400-\U0001d7ff]+"
)
_CIRCLED = re.compile("[\u2460-\u24ff]")
# Marks that NFC could not join with their letter, as typographical jokes have them.
_LOOSE_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_REPEATED = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"!{2,}", "!"),
        (r"[!?]{2,}", "?"),
        (r"！{2,}", "！"),
        (r"[！？]{2,}", "？"),
        (r"\.{3,}|。{2,}|…{2,}|．{2,}|・{3,}", "…"),
        (r"(?:\. ){2,}\.(?!\S)", "…"),
        (r"\.{2}", "."),
        (r"-{2,}|—{2,}|–{2,}", "—"),
        # A dash; between numbers it may be a minus.
        (r"(?<=[^\d\s]) - (?=\S)|(?<=\S) - (?=[^\d\s])", " — "),
        (r"([,;:，、；：])\1+", r"\1"),
        (rf"([^\w\s.!?…。{PLACEHOLDERS}-])\1{{2,}}", r"\1"),
        (r"_{3,}", " "),
        # Left out in haste; a full stop or a colon may belong to an address, a number or a time.
        (r"(?<![^\s(\"'!?;,])([^\W\d_']+[!?;,])(?=[^\W\d_])", r"\1 "),
        # Alone it is a mark of headings, comments or numbering.
        (r"(?<!\S)#(?!\S)", " "),
    )
]


def clean(text: str) -> str:
    """Return `text` in NFC with plain quotes, and without emoji, control and invisible characters.

    Letters in a typographical dress come out plain, and repeated punctuation once. What is removed
    between two words leaves a space; line ends stay, and so do the placeholders of `markup`.
    """
    text = unicodedata.normalize("NFC", text).translate(PLAIN_SIGNS)
    text = _CIRCLED.sub(lambda match: f" {unicodedata.normalize('NFKC', match[0])} ", text)
    text = _DRESSED.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    text = _LOOSE_MARKS.sub("", text)
    text = _EMOJI.sub(" ", text)
    text = "".join(_visible(character) for character in text)
    for pattern, replacement in _REPEATED:
        text = pattern.sub(replacement, text)
    return re.sub(r"[^\S\n]+", " ", text).strip()


def is_speakable(text: str) -> bool:
    """Whether `text` holds a letter or a digit, so that there is something to say."""
    return any(unicodedata.category(character)[0] in "LN" for character in text)


def _visible(character: str) -> str:
    if character == "\n" or character >= "\U000f0000":
        return character
    category = unicodedata.category(character)
    # Zero-width and bidirectional marks stand inside words.
    if category == "Cf" or character in _KEYCAP_MARKS:
        return ""
    # Controls, lone surrogates, private use and unassigned code points; U+2028, U+2029 and tabs.
    return " " if category[0] == "C" or category in ("Zl", "Zp") else character
