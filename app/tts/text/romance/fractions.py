"""Fractions such as 3/4 and 2 ½, with their unit or noun, in words."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.tts.text.conventions import Conventions, Gender
from app.tts.text.numerals import FRACTION_SIGNS
from app.tts.text.rules import Rule
from app.tts.text.units import UNIT_PATTERN, UNITS, unit_name

_SIGNS = Rule(
    rf"(?:(\d) ?)?([{''.join(FRACTION_SIGNS)}])",
    lambda m: f"{m[1] or ''} {FRACTION_SIGNS[m[2]]}".strip(),
    "½ h -> 1/2 h",
    "2½ h -> 2 1/2 h",
    "2 ½ h -> 2 1/2 h",
)
_FRACTION = re.compile(
    r"(?<![\w/.,:=+-])(?:(?P<whole>\d{1,3}) )?(?P<top>\d{1,3})[/⁄](?P<bottom>\d{1,3})"
    rf"(?![\d/]|[.,:]\d)(?: ?(?P<unit>{UNIT_PATTERN})|(?P<space> )(?P<word>[^\W\d_]+))?"
)


@dataclass(frozen=True, eq=False)
class FractionWords:
    """The words that a language says fractions with."""

    parts: Mapping[int, tuple[str, str]]
    """By denominator: one part with its article, and the plural without an article."""

    half_of: Mapping[Gender, str]
    """Half of one, before a noun or unit of the gender: Spanish `medio`, `media`."""

    and_half: Mapping[Gender, str]
    """And a half, after whole ones: Spanish `y medio`, `y media`."""

    and_word: str
    of: str
    """Between a fraction and a unit."""

    out_of: str
    """Between the numbers of a mark or a score, 8/10."""

    parts_beyond: str = ""
    """Said after both numbers if `parts` lacks the denominator; without it, `out_of` is between."""


def fraction_rules(
    c: Conventions, words: FractionWords, noun_gender: Callable[[str, int], Gender | None]
) -> tuple[Rule, ...]:
    """Return rules for fractions.

    `noun_gender` returns the gender of a noun after a number, None for a word that is not a noun.
    """

    def fraction(match: re.Match[str]) -> str:
        whole, top, bottom = match["whole"], int(match["top"]), int(match["bottom"])
        if bottom == 0 or (whole and top >= bottom):
            return match[0]
        unit, word = match["unit"], match["word"] or ""
        if unit:
            gender = Gender.FEMININE if UNITS[unit] in c.feminine_units else Gender.MASCULINE
            one, many = (unit_name(UNITS[unit], count, c.locale) for count in (1, 2))
        else:
            found = noun_gender(word, int(whole or 1) + 1 if whole else 1) if word else None
            gender, one, many = found or Gender.MASCULINE, word, word
        if (top, bottom) == (1, 2) and (unit or (word and found)):
            if whole:
                return f"{c.cardinal(int(whole), gender)} {many} {words.and_half[gender]}"
            return f"{words.half_of[gender]} {one}"
        spoken = _fraction(top, bottom, whole, c, words)
        if unit:
            return f"{spoken} {words.of} {one}"
        # A letter may follow directly.
        is_glued = match.string[match.end() : match.end() + 1].isalpha()
        return f"{spoken} {word}" if word or is_glued else spoken

    return _SIGNS, Rule(_FRACTION, fraction, *_examples(c, words))


def _examples(c: Conventions, words: FractionWords) -> tuple[str, ...]:
    two, three, eight, ten = (c.cardinal(number, None) for number in (2, 3, 8, 10))
    quarters = f"{three} {words.parts[4][1]}"
    hour, hours = (unit_name("duration-hour", count, c.locale) for count in (1, 2))
    two_hours = f"{c.cardinal(2, Gender.FEMININE)} {hours}"
    return (
        f"3/4 -> {quarters}",
        f"2 3/4 -> {two} {words.and_word} {quarters}",
        f"1/2 h -> {words.half_of[Gender.FEMININE]} {hour}",
        f"2 1/2 h -> {two_hours} {words.and_half[Gender.FEMININE]}",
        f"3/4 h -> {quarters} {words.of} {hour}",
        f"8/10 -> {eight} {words.out_of} {ten}",
    )


def _fraction(
    top: int, bottom: int, whole: str | None, c: Conventions, words: FractionWords
) -> str:
    if whole and (top, bottom) == (1, 2):
        return f"{c.cardinal(int(whole), None)} {words.and_half[Gender.MASCULINE]}"
    spoken = _part(top, bottom, c, words)
    return f"{c.cardinal(int(whole), None)} {words.and_word} {spoken}" if whole else spoken


def _part(top: int, bottom: int, c: Conventions, words: FractionWords) -> str:
    is_score = top >= bottom or bottom in (20, 100) or (bottom == 10 and top > 1)
    numerator, denominator = c.cardinal(top, None), c.cardinal(bottom, None)
    if bottom in words.parts and not is_score:
        one, many = words.parts[bottom]
        return one if top == 1 else f"{c.cardinal(top, Gender.MASCULINE)} {many}"
    if words.parts_beyond and not is_score:
        return f"{numerator} {denominator} {words.parts_beyond}"
    return f"{numerator} {words.out_of} {denominator}"
