"""Roman numerals of centuries, rulers and numbered things, in words."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from app.tts.text.conventions import Gender
from app.tts.text.numerals import roman_value
from app.tts.text.rules import Rule, apply_rules

ROMAN_NUMERAL = r"(?:(?:X[CL]|L?X{1,3}|L(?=[IVX]))(?:I[XV]|V?I{1,3}|V)?|I[XV]|V?I{1,3}|V)"
"""A regular expression for 1 to 99 without groups of its own; L alone is taken for a letter."""


@dataclass(frozen=True, eq=False)
class RomanWords:
    """The neighbours of Roman numerals in a language, and the words for numerals beside them.

    `centuries`, `things`, `rulers`, `queens` and `links` are alternatives of a regular expression.
    """

    centuries: str
    things: str
    """Numbered things, such as chapters; capitals do not matter."""

    rulers: str
    """Names whose numeral may be a single letter: Carlos V."""

    links: str
    """Words that may stand between two numerals of the same noun."""

    articles: Mapping[str, Gender]
    """Words before a numeral and its noun, with the noun's gender."""

    cardinal: Callable[[int], str]
    century: Callable[[int], str]
    ruler: Callable[[int, Gender], str]
    ordinal: Callable[[int, Gender], str]

    queens: str = "(?!)"
    """Names of rulers that are feminine."""

    followers: Mapping[str, Gender] = field(default_factory=dict)
    """Nouns, with their gender, that a numeral may stand before without an article."""


_END = r"(?!\w|-\w)"


def verbalize_roman_numerals(text: str, rules: Iterable[Rule]) -> str:
    """Write out Roman numerals where a word next to them shows that they are numerals."""
    return apply_rules(text, rules) if re.search("[IVXL]", text) else text


def roman_numeral_rules(words: RomanWords) -> tuple[Rule, ...]:
    """Return the rules of a language for Roman numerals."""
    return (
        *_follower_rules(words),
        _noun_rule(words.centuries, words.century, words.links),
        _noun_rule(words.things, words.cardinal, words.links),
        _ruler_rule(words),
        _article_rule(words),
        Rule(
            rf"\b([A-ZÀ-Þ][^\W\d_]*[a-zà-ÿ]) (?=[IVX]{{2}})({ROMAN_NUMERAL}){_END}",
            lambda m: f"{m[1]} {words.cardinal(roman_value(m[2]))}",
            f"Rocky II -> Rocky {words.cardinal(2)}",
        ),
    )


def _follower_rules(words: RomanWords) -> tuple[Rule, ...]:
    followers = words.followers
    if not followers:
        return ()

    def say(match: re.Match[str]) -> str:
        return f"{words.ordinal(roman_value(match[1]), followers[match[2]])} {match[2]}"

    noun, gender = next(iter(followers.items()))
    return (
        Rule(
            rf"(?<![\w-])({ROMAN_NUMERAL}) ({'|'.join(followers)})(?!\w)",
            say,
            f"XX {noun} -> {words.ordinal(20, gender)} {noun}",
        ),
    )


def _noun_rule(nouns: str, say: Callable[[int], str], links: str) -> Rule:
    """Return the rule for one or two numerals after a noun."""

    def after_noun(match: re.Match[str]) -> str:
        link = f"{match[3]}{say(roman_value(match[4]))}" if match[4] else ""
        return f"{match[1]} {say(roman_value(match[2]))}{link.replace('-', ' ')}"

    noun, link = nouns.partition("|")[0].removesuffix("s?"), links.partition("|")[0]
    return Rule(
        rf"(?i:\b({nouns})) ({ROMAN_NUMERAL})(?:( ?- ?| (?:{links}) )({ROMAN_NUMERAL}))?{_END}",
        after_noun,
        f"{noun} XIV -> {noun} {say(14)}",
        f"{noun} XIX {link} XX -> {noun} {say(19)} {link} {say(20)}",
        f"{noun} IV-V -> {noun} {say(4)} {say(5)}",
    )


def _ruler_rule(words: RomanWords) -> Rule:
    def say(match: re.Match[str]) -> str:
        is_queen = re.fullmatch(words.queens, match[1])
        gender = Gender.FEMININE if is_queen else Gender.MASCULINE
        return f"{match[1]} {words.ruler(roman_value(match[2]), gender)}"

    king = words.rulers.partition("|")[0]
    return Rule(
        rf"\b({words.rulers}|{words.queens}) ({ROMAN_NUMERAL}){_END}",
        say,
        f"{king} V -> {king} {words.ruler(5, Gender.MASCULINE)}",
    )


def _article_rule(words: RomanWords) -> Rule:
    def say(match: re.Match[str]) -> str:
        # Without regard to case, a regular expression takes ſ for s too.
        gender = words.articles.get(match[1].lower(), Gender.MASCULINE)
        return f"{match[1]} {words.ordinal(roman_value(match[2]), gender)}"

    # A single letter may be a letter, unless the noun after it has a capital too.
    numeral = rf"({ROMAN_NUMERAL})(?:(?= [A-ZÀ-Þ][^\W\d_])|(?<=[IVXL]{{2}})(?= [^\W\d_]{{3}}))"
    article, gender = next(iter(words.articles.items()))
    return Rule(
        rf"\b((?i:{'|'.join(words.articles)})) {numeral}",
        say,
        f"{article} X Forum -> {article} {words.ordinal(10, gender)} Forum",
        f"{article} XX forum -> {article} {words.ordinal(20, gender)} forum",
    )
