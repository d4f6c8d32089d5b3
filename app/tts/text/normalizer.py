"""Verbalize the numbers, money, dates, times and signs of a language by its conventions."""

import re
from dataclasses import dataclass
from functools import lru_cache, partial

from app.tts.text import patterns
from app.tts.text.conventions import Conventions
from app.tts.text.notations import (
    verbalize_date,
    verbalize_fraction,
    verbalize_iso_date,
    verbalize_money,
    verbalize_telephone,
    verbalize_time,
    verbalize_unit,
)
from app.tts.text.numerals import (
    FRACTION_SIGNS,
    Numeral,
    ascii_digits,
    numeral_pattern,
    parse_numeral,
)
from app.tts.text.rules import Rule, any_of, apply_rules
from app.tts.text.spacing import tidy_spaces
from app.tts.text.units import UNIT_PATTERN


def normalize(text: str, conventions: Conventions) -> str:
    """Return a cleaned sentence with everything that is not words written out as such.

    Verbalize addresses first: a language's own rules would break them.
    """
    text = ascii_digits(text)
    if not patterns.MARKED.search(text):
        return text
    rules = rules_of(conventions)
    text = apply_rules(text, rules.abbreviations)
    if any(map(str.isdigit, text)) or any(sign in text for sign in FRACTION_SIGNS):
        text = apply_rules(text, rules.notations)
        if conventions.ordinals:
            text = conventions.ordinals(text)
        text = apply_rules(text, rules.numbers)
    return tidy_spaces(apply_rules(text, rules.signs))


@dataclass(frozen=True)
class NormalizerRules:
    """The shared rules with the words of one language; their examples are American."""

    abbreviations: tuple[Rule, ...]

    notations: tuple[Rule, ...]
    """Dates, times, telephone numbers, money, ranges, fractions and units."""

    numbers: tuple[Rule, ...]
    """The numbers that are neither these nor ordinals."""

    signs: tuple[Rule, ...]


@lru_cache(maxsize=32)
def rules_of(c: Conventions) -> NormalizerRules:
    """Return the rules of a language, which are compiled once."""
    return NormalizerRules(
        abbreviations=_abbreviation_rules(c) if c.abbreviations else (),
        notations=(*_date_rules(c), *_amount_rules(c)),
        numbers=_number_rules(c),
        signs=_sign_rules(c),
    )


def _abbreviation_rules(c: Conventions) -> tuple[Rule, ...]:
    def in_full(match: re.Match[str]) -> str:
        words = c.abbreviations.get(match[0].lower(), match[0])  # ſ matches s; its capital is S
        ends_sentence = match[0].endswith(".") and match.end() == len(match.string.rstrip("\"')"))
        return words + "." if ends_sentence and not words.endswith(".") else words

    return (
        Rule(
            rf"(?i)(?<![\w.])(?:{any_of(c.abbreviations)})",
            in_full,
            "approx. ten -> approximately ten",
            "ten approx. -> ten approximately.",
        ),
    )


def _date_rules(c: Conventions) -> tuple[Rule, ...]:
    # The most special come first, as those after them match parts of them: dates and telephone
    # numbers look like ranges.
    return (
        Rule(
            rf"(?<![\w.,]){re.escape(c.decimal)}(?=\d)",
            f"0{c.decimal}",
            "add .5 of it -> add 0.5 of it",
        ),
        Rule(
            patterns.ISO_DATE,
            partial(verbalize_iso_date, c=c),
            "2024-07-04 -> July fourth, twenty twenty-four",
        ),
        Rule(
            patterns.DATE,
            partial(verbalize_date, c=c),
            "12/25/2024 -> December twenty-fifth, twenty twenty-four",
            "25.12.1999 -> December twenty-fifth, nineteen ninety-nine",
        ),
        Rule(r"(?<=\d:\d\d)\s?[-–—]\s?(?=\d\d?:\d\d)", f" {c.to} ", "9:00-17:00 -> 9:00 to 17:00"),
        Rule(c.times, partial(verbalize_time, c=c), "at 3:05 -> at three oh five"),
        Rule(
            patterns.TELEPHONE,
            partial(verbalize_telephone, c=c),
            "+1 (202) 5550143 -> plus one, two zero two, five five five zero one four three",
            "(555) 123-4567 -> five five five, one two three, four five six seven",
            "1-800-555-0199 -> one, eight zero zero, five five five, zero one nine nine",
            "020 7946 0958 -> zero two zero, seven nine four six, zero nine five eight",
            "07700 900123 -> zero seven seven zero zero, nine zero zero one two three",
            "202.555.0143 -> two zero two, five five five, zero one four three",
            "555-0143 -> five five five, zero one four three",
            "612 34 56 78 -> six one two, three four, five six, seven eight",
        ),
    )


def _amount_rules(c: Conventions) -> tuple[Rule, ...]:
    number = numeral_pattern(c.group, c.decimal)
    # Money and ranges come before percentages and units, which the ends of a range share.
    return (
        Rule(
            patterns.MINUS,
            f" {c.minus} ",
            "it is -5 -> it is  minus 5",
            "a change of -$20 -> a change of  minus $20",
            "10 − 7 -> 10  minus 7",
        ),
        Rule(
            patterns.money_pattern(c, number),
            partial(verbalize_money, c=c),
            "$1.50 -> one dollar and fifty cents",
            "20 USD -> twenty US dollars",
            "$5-$10 -> five to ten dollars",
            "€2 million -> two million euros",
            "$20/month -> twenty dollars per month",
        ),
        Rule(
            patterns.range_pattern(number),
            rf"\1 {c.to} ",
            "3–5 eggs -> 3 to 5 eggs",
            "pages 10-15 -> pages 10 to 15",
            "20°C-25°C -> 20°C to 25°C",
        ),
        Rule(
            r"(?<=[\d%)]) - (?=[\d(])",
            # A minus in arithmetic, a pause elsewhere: in a score, in a range.
            lambda m: f" {c.minus} " if "=" in m.string else " — ",
            "5 - 3 = 2 -> 5 minus 3 = 2",
            "it ended 12 - 9 -> it ended 12 — 9",
        ),
        Rule(rf"({number})\s?%", rf"\1 {c.percent}", "50% -> 50 percent"),
        Rule(
            f"[{''.join(FRACTION_SIGNS)}]",
            lambda m: f" {FRACTION_SIGNS[m[0]]}",
            "1½ cups -> 1 1/2 cups",
        ),
        *_fraction_rules(c),
        Rule(
            rf"({number})[ -]?({UNIT_PATTERN})",
            partial(verbalize_unit, c=c),
            "1 kg -> one kilogram",
            "a 5-GB file -> a five gigabytes file",
        ),
        Rule(
            r"(?<![\d:])(\d+):(?=\d+(?![\d:]))",
            rf"\1 {c.to} ",
            "a ratio of 16:9 -> a ratio of 16 to 9",
        ),
    )


def _fraction_rules(c: Conventions) -> tuple[Rule, ...]:
    if c.fractions is None:
        return ()
    return (
        Rule(
            patterns.FRACTION,
            partial(verbalize_fraction, c=c),
            "1/2 a cup -> one half a cup",
            "2 1/2 times -> two and one half times",
            "3/4 oz -> three quarters of an ounce",
        ),
    )


def _number_rules(c: Conventions) -> tuple[Rule, ...]:
    return (
        # Numbers inside words are said apart from the letters.
        Rule(
            r"(?<=[^\W\d_])-?(?=\d)|(?<=\d)-?(?=[^\W\d_])",
            " ",
            "an mp3 -> an mp 3",
            "COVID-19 -> COVID 19",
            "Room 12B -> Room 12 B",
            "a 3-way split -> a 3 way split",
        ),
        Rule(
            numeral_pattern(c.group, c.decimal),
            lambda m: c.number(parse_numeral(m[0], c.decimal)),
            "1,200 cats -> one thousand two hundred cats",
            "3.14 -> three point one four",
        ),
        # A number after a mark that no number begins with.
        Rule(r"\d+", lambda m: f" {c.number(Numeral(m[0]))} ", "sec.5 -> sec. five "),
    )


def _sign_rules(c: Conventions) -> tuple[Rule, ...]:
    return (
        Rule(any_of(c.symbols), lambda m: f" {c.symbols[m[0]]} ", "R&B -> R and B"),
        Rule(r"(?<=\w)/(?=\w)", f" {c.address_words.slash} ", "he/she -> he slash she"),
    )
