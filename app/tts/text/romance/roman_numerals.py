"""Roman numerals of centuries, rulers and numbered things, in words."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.tts.text.conventions import Gender
from app.tts.text.numerals import roman_value

ROMAN_NUMERAL = r"(?:(?:X[CL]|L?X{1,3}|L(?=[IVX]))(?:I[XV]|V?I{1,3}|V)?|I[XV]|V?I{1,3}|V)"
"""A regular expression for 1 to 99 without groups of its own; L alone is taken for a letter."""


@dataclass(frozen=True, eq=False)
class RomanWords:
    """What Roman numerals stand next to in a language, and how they are said there.

    `centuries`, `things`, `rulers` and `links` are alternatives of a regular expression.
    """

    centuries: str
    things: str
    """Numbered things, such as chapters; capitals do not matter."""

    rulers: str
    """Names whose numeral may be a single letter."""

    links: str
    """What may stand between two numerals of the same noun."""

    articles: Mapping[str, Gender]
    """What stands before a numeral that a noun follows, with the noun's gender."""

    followers: Mapping[str, Gender]
    """Nouns that such a numeral may stand before without an article, with their gender."""

    cardinal: Callable[[int], str]
    century: Callable[[int], str]
    ruler: Callable[[int, str], str]
    ordinal: Callable[[int, Gender], str]


def read_roman_numerals(text: str, words: RomanWords) -> str:
    """Write out Roman numerals where a word next to them says what they are."""
    if not re.search("[IVXL]", text):
        return text
    patterns = _patterns(words)

    def after_noun(say: Callable[[int], str]) -> Callable[[re.Match[str]], str]:
        def spoken(match: re.Match[str]) -> str:
            link = f"{match[3]}{say(roman_value(match[4]))}" if match[4] else ""
            return f"{match[1]} {say(roman_value(match[2]))}{link.replace('-', ' ')}"

        return spoken

    def after_article(match: re.Match[str]) -> str:
        # Without regard to case, a regular expression takes ſ for s too.
        gender = words.articles.get(match[1].lower(), Gender.MASCULINE)
        return f"{match[1]} {words.ordinal(roman_value(match[2]), gender)}"

    def before_noun(match: re.Match[str]) -> str:
        return f"{words.ordinal(roman_value(match[1]), words.followers[match[2]])} {match[2]}"

    text = patterns.follower.sub(before_noun, text)
    text = patterns.century.sub(after_noun(words.century), text)
    text = patterns.thing.sub(after_noun(words.cardinal), text)
    text = patterns.ruler.sub(
        lambda m: f"{m[1]} {words.ruler(roman_value(m[2]), m[1])}",
        text,
    )
    text = patterns.article.sub(after_article, text)
    return patterns.name.sub(lambda m: f"{m[1]} {words.cardinal(roman_value(m[2]))}", text)


@dataclass(frozen=True)
class _Patterns:
    follower: re.Pattern[str]
    century: re.Pattern[str]
    thing: re.Pattern[str]
    ruler: re.Pattern[str]
    article: re.Pattern[str]
    name: re.Pattern[str]


@lru_cache(maxsize=8)
def _patterns(words: RomanWords) -> _Patterns:
    end = r"(?!\w|-\w)"
    one_or_two = rf" ({ROMAN_NUMERAL})(?:( ?- ?| (?:{words.links}) )({ROMAN_NUMERAL}))?{end}"
    articles = "|".join(words.articles)
    # A single letter may be a letter, unless the noun after it has a capital too.
    before_noun = rf"({ROMAN_NUMERAL})(?:(?= [A-ZÀ-Þ][^\W\d_])|(?<=[IVXL]{{2}})(?= [^\W\d_]{{3}}))"
    followers = "|".join(words.followers) or r"(?!)"
    return _Patterns(
        follower=re.compile(rf"(?<![\w-])({ROMAN_NUMERAL}) ({followers})(?!\w)"),
        century=re.compile(rf"(?i:\b({words.centuries})){one_or_two}"),
        thing=re.compile(rf"(?i:\b({words.things})){one_or_two}"),
        ruler=re.compile(rf"\b({words.rulers}) ({ROMAN_NUMERAL}){end}"),
        article=re.compile(rf"\b((?i:{articles})) {before_noun}"),
        name=re.compile(
            rf"\b([A-ZÀ-Þ][^\W\d_]*[a-zà-ÿ]) (?=[IVX]{{2}})({ROMAN_NUMERAL}){end}",
        ),
    )
