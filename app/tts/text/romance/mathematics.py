"""Powers, comparisons and divisions, and signs that only look like them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from app.tts.text.units import UNITS, unit_name

_HEART = re.compile(r"(?:^|\s)<3+(?=\s*(?:[.,!?]|$))")
_ARROW = re.compile(r"(?<![<=-])(?:->|=>|—>|–>)")
# The names of a menu and its entry, and not of two amounts.
_MENU = re.compile(r"(?<=[^\W\d_][^\W\d_]) ?> ?(?=[A-ZÀ-Þ][^\W\d_])")
_POWER = re.compile(
    r"(?P<number>\d[ -]?)?(?<![^\W\d_])(?P<unit>[kcm]?m)(?P<power>[²³])(?!\w)"
    r"|(?<=[\w)])(?P<sign>[²³])(?P<word>(?=[^\W_]))?"
)
_OPERAND = r"(?:(?<=[\d)%])|(?<=^[A-Za-z])|(?<=[^\w'][B-DF-XZb-df-np-xz])) ?"


@dataclass(frozen=True)
class MathematicsWords:
    """How a language says what signs between numbers or letters stand for."""

    squared: str
    cubed: str
    greater: str
    less: str
    at_least: str
    at_most: str
    divided: str


def read_mathematics(text: str, words: MathematicsWords, locale: str) -> str:
    """Write out powers, comparisons and divisions; units after numbers stay as they are."""
    text = _ARROW.sub(" → ", _HEART.sub("", text))

    def power(match: re.Match[str]) -> str:
        if match["unit"]:
            symbol = match["unit"] + match["power"]
            if match["number"] or symbol not in UNITS:
                return match[0]
            return unit_name(UNITS[symbol], 1, locale)
        said = words.squared if match["sign"] == "²" else words.cubed
        return f" {said}" + (" " if match["word"] is not None else "")

    text = re.sub(r"\bmc(?=²)", "m c", text)
    text = _POWER.sub(power, _MENU.sub(", ", text))
    for pattern, said in _comparisons(words):
        text = pattern.sub(said, text)
    return text


@lru_cache(maxsize=8)
def _comparisons(words: MathematicsWords) -> list[tuple[re.Pattern[str], str]]:
    return [
        (re.compile(r" ?(?:>=|≥) ?"), f" {words.at_least} "),
        (re.compile(r" ?(?:<=|≤) ?"), f" {words.at_most} "),
        (re.compile(rf"{_OPERAND}> ?(?=[\w$€£(-])"), f" {words.greater} "),
        (re.compile(rf"{_OPERAND}< ?(?=[\w$€£(-])"), f" {words.less} "),
        (re.compile(r"(?<=\d) / (?=\d)"), f" {words.divided} "),
        (re.compile(r"(?<=[\w.,;!?)]) / (?=\S)"), ", "),
    ]
