"""ASCII in the place of full-width, circled, squared and foreign digits and letters."""

import re
import unicodedata

from app.tts.text.rules import Rule

# Usual in Chinese text, or known to a rule.
_LEFT_ALONE = "，！？；：（）…№′″℃℉"
_COMPOSED = (
    "<compat>", "<wide>", "<square>", "<circle>", "<font>", "<sub>", "<fraction>", "<small>"
)  # fmt: skip


def usual_characters(text: str) -> str:
    """Return `text` in the characters that the rules know."""
    return _USUAL.apply(text)


def _usual_character(match: re.Match[str]) -> str:
    """Return the usual form of a fullwidth, circled or squared character."""
    character = match.group()
    if unicodedata.category(character) in ("Nd", "Nl"):  # any script's digits, Roman numerals
        return f"{unicodedata.numeric(character):.0f}"
    if unicodedata.decomposition(character).split(" ")[0] not in _COMPOSED:
        return character
    plain = unicodedata.normalize("NFKC", character)
    before = match.string[match.start() - 1 : match.start()]
    above, slash, below = plain.partition("\N{FRACTION SLASH}")
    if slash and above and below:
        return ("又" if before.isdecimal() else "") + f"{below}分之{above}"
    if plain.isdecimal() and before.isdigit() and not before.isdecimal():  # ①②
        return "、" + plain
    return character if plain.startswith(" ") else plain


_USUAL = Rule(
    rf"[^\x00-\x7f\u4e00-\u9fff{_LEFT_ALONE}]",
    _usual_character,
    "１２３ＡＢＣ -> 123ABC",
    "①苹果②香蕉 -> 1苹果2香蕉",
    "3½，100㎡ -> 3又2分之1，100m2",
    "第Ⅱ期 -> 第2期",
)
