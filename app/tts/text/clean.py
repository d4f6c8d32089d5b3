"""Removes everything from a text that no voice can or should say."""

import re
import unicodedata

import regex

from app.tts.text.markup import PLACEHOLDERS
from app.tts.text.rules import Rule, apply_rules

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
"""Plain signs for typographical quotes, hyphens and bullets, each a single character."""

# Pictographs, each with the joiners, skin tones and flag letters that follow it; the regex module
# has Unicode's lists of them. Signs below U+2300, such as © and ™, are read out.
_EMOJI = regex.compile(
    r"(?V1)(?:[[\p{Emoji_Presentation}\p{Extended_Pictographic}]--[\u0000-\u22ff]]"
    r"[\u200d\ufe00-\ufe0f\U000e0020-\U000e007f]*)+"
)
_KEYCAP_MARKS = "\ufe0e\ufe0f"

# Typographical variants of letters and digits: Roman numerals, circled and full-width ones,
# ligatures, half-width kana, mathematical alphabets. Full-width punctuation stays.
_VARIANTS = re.compile(
    "[\u2160-\u2188\u3200-\u33ff\ufb00-\ufb06\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
    "\uff65-\uffdc\uffe0-\uffe6\U0001d400-\U0001d7ff]+"
)
_CIRCLED = re.compile("[\u2460-\u24ff]")
# Marks that NFC could not combine with a letter, as in typographical jokes.
_LOOSE_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_PUNCTUATION = (
    Rule(r"!{2,}", "!", "Oh!!! -> Oh!"),
    Rule(r"[!?]{2,}", "?", "What?!? -> What?"),
    Rule(r"！{2,}", "！", "早！！ -> 早！"),
    Rule(r"[！？]{2,}", "？", "何！？ -> 何？"),
    Rule(r"\.{3,}|。{2,}|…{2,}|．{2,}|・{3,}", "…", "Well... -> Well…", "嗯。。。 -> 嗯…"),
    Rule(r"(?:\. ){2,}\.(?!\S)", "…", "Well. . . -> Well…"),
    Rule(r"\.{2}", ".", "Done.. -> Done."),
    Rule(r"-{2,}|—{2,}|–{2,}", "—", "one--two -> one—two"),
    # Between numbers it may be a minus.
    Rule(r"(?<=[^\d\s]) - (?=\S)|(?<=\S) - (?=[^\d\s])", " — ", "one - two -> one — two"),
    Rule(r"([,;:，、；：])\1+", r"\1", "one,, two -> one, two"),
    Rule(rf"([^\w\s.!?…。{PLACEHOLDERS}-])\1{{2,}}", r"\1", "one *** two -> one * two"),
    Rule(r"_{3,}", " ", "one ___ two -> one   two"),
    # A space left out in haste. A full stop or a colon may belong to an address, number or time.
    Rule(
        r"(?<![^\s(\"'!?;,])([^\W\d_']+[!?;,])(?=[^\W\d_])",
        r"\1 ",
        "one,two;three -> one, two; three",
    ),
    # Alone it marks a heading, a comment or a number.
    Rule(r"(?<!\S)#(?!\S)", " ", "one # two -> one   two"),
)


def clean(text: str) -> str:
    """Return `text` in NFC with plain quotes, and without emoji, control and invisible characters.

    Typographical variants of letters become plain, and repeated punctuation single. A space stays
    where something is removed between two words; line ends stay, and the placeholders of `markup`.
    """
    text = unicodedata.normalize("NFC", text).translate(PLAIN_SIGNS)
    text = _CIRCLED.sub(lambda match: f" {unicodedata.normalize('NFKC', match[0])} ", text)
    text = _VARIANTS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    text = _LOOSE_MARKS.sub("", text)
    text = _EMOJI.sub(" ", text)
    text = "".join(_visible(character) for character in text)
    text = apply_rules(text, _PUNCTUATION)
    return re.sub(r"[^\S\n]+", " ", text).strip()


def is_speakable(text: str) -> bool:
    """Return whether `text` holds a letter or digit, so that there is something to say."""
    return any(unicodedata.category(character)[0] in "LN" for character in text)


def _visible(character: str) -> str:
    if character == "\n" or character >= "\U000f0000":
        return character
    category = unicodedata.category(character)
    # Zero-width and bidirectional marks stand inside words.
    if category == "Cf" or character in _KEYCAP_MARKS:
        return ""
    # Control characters such as tabs, lone surrogates, private use and unassigned code points;
    # U+2028 and U+2029.
    return " " if category[0] == "C" or category in ("Zl", "Zp") else character
