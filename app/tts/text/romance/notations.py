"""Notations of numbers that Romance languages share, each brought into a form easier to say."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from app.tts.text.conventions import Gender

Rules = Sequence[tuple[re.Pattern[str], str]]
"""Regular expressions with what replaces them, in order."""

# 1,234.56 and 1,234,567 cannot be anything but English.
_ENGLISH_NUMERAL = re.compile(
    r"(?<![\d.,])\d{1,3}(?:(?:,\d{3}){1,4}\.\d+|(?:,\d{3}){2,4})(?![\d,]|\.\d)"
)
# Else a part of 1 000 000 000 would be taken for a telephone number.
_SPACED_NUMERAL = re.compile(
    r"(?<![\w.,+-])(?<![\d)] )[1-9]\d{0,2}(?: \d{3}){2,4}(?! ?\d|[.:/-]\d)"
)
_RANGE = re.compile(
    r"(?<=[\dh€£%])\s?[–—]\s?(?=\d)|(?<=[h€£%])\s?-\s?(?=\d)"
    r"|(?<=[\d ]\d[:h.]\d\d)\s?-\s?(?=\d{1,2}[:h.]\d\d(?!\d))"
    r"|(?<=\b\d[:h]\d\d)\s?-\s?(?=\d{1,2}[:h]\d\d)"
)
_COUNTED = re.compile(
    r"(?<![\w.,:/-])(\d{1,3}(?:[. ]\d{3}){1,4}|\d{1,15})"
    r"(?= (?:mil )?(?P<link>(?:a|o|u|y|e|ou|à|et) \d[\d.]{0,20} )?"
    # The words of a version's or an address's full stop are no nouns.
    r"(?P<noun>(?!(?:punto|ponto|point) (?:\d|com\b))[^\W\d_]{2,}))"
)
_KILO = re.compile(
    r"(?<![\w.,-])(?![48]k)([1-9]\d{0,2})(?:[.,](\d{1,3}))?k"
    r"(?= (?:de |di |d')?(?:[^\W\d_]{3,20}[sie]|euro|follower)\b)"
)
_WORD_BEFORE = re.compile(r"(?<!\w)([^\W\d_]{1,25})\.? $")


def rules(*pairs: tuple[str, str]) -> Rules:
    """Return rules from their regular expressions as text."""
    return [(re.compile(pattern), replacement) for pattern, replacement in pairs]


def apply(text: str, rules: Rules) -> str:
    """Return `text` with each rule applied in turn."""
    for pattern, replacement in rules:
        text = pattern.sub(replacement, text)
    return text


def plain_numerals(text: str) -> str:
    """Take the commas out of English numbers, and the spaces out of millions."""
    text = _ENGLISH_NUMERAL.sub(lambda m: m[0].replace(",", ""), text)
    return _SPACED_NUMERAL.sub(lambda m: m[0].replace(" ", ""), text)


def write_out_kilos(text: str) -> str:
    """Write `10k seguidores` as `10000 seguidores`; not a screen's 4k or a race's 10k."""

    def number(match: re.Match[str]) -> str:
        return match[1] + (match[2] or "").ljust(3, "0")

    return _KILO.sub(number, text)


def join_ranges(text: str, to: str) -> str:
    """Put the word `to` between the ends of a range where both have a sign or minutes."""
    return _RANGE.sub(f" {to} ", text)


def write_thousands(text: str, word: str, currencies: Iterable[str]) -> str:
    """Write `5 mil €` as `5000 €`, as a thousand is a numeral and not a noun."""
    if word not in text:
        return text
    after, before = _thousands(word, tuple(currencies))

    def number(whole: str, fraction: str | None) -> str:
        return str(int(whole + (fraction or "").ljust(3, "0")))

    text = after.sub(lambda m: f"{number(m[1], m[2])} ", text)
    return before.sub(lambda m: m[1] + number(m[2], m[3]), text)


@lru_cache(maxsize=8)
def _thousands(word: str, currencies: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    signs = "|".join(map(re.escape, sorted(currencies, key=len, reverse=True)))
    number = r"(\d{1,3})(?:,(\d{1,3}))?"
    return (
        re.compile(rf"(?<![\d.,]){number} ?{word} ?(?=(?:{signs})(?!\w))"),
        re.compile(rf"((?:{signs}) ?){number} ?{word}(?!\w)"),
    )


def read_short_dates(
    text: str, introducers: str, articles: str, date: Callable[[int, int, int | None], str]
) -> str:
    """Write out `15/8` and `05/08` where they can only be a day and a month.

    `introducers` (as a regular expression) come before dates alone, `articles` before fractions
    too.
    """
    if "/" not in text:
        return text

    def say(match: re.Match[str]) -> str:
        day, month = int(match[2]), int(match[3])
        padded = len(match[2]) == 2 == len(match[3]) and "0" in (match[2][0], match[3][0])
        before = match[1] or ""
        if not (1 <= day <= 31 and 1 <= month <= 12):
            return match[0]
        is_article = before.strip().lower() in articles.split("|")
        if padded or (before and not is_article) or (is_article and day > month):
            return before + date(day, month, None)
        return match[0]

    return _short_date(introducers, articles).sub(say, text)


@lru_cache(maxsize=8)
def _short_date(introducers: str, articles: str) -> re.Pattern[str]:
    before = rf"((?:\b(?i:{introducers}|{articles}))\s)?"
    return re.compile(rf"{before}(?<![\w/.,:-])(\d\d?)/(\d\d?)(?![\w/]|[.,:-]\d)")


def is_name(one: re.Match[str], numbered: re.Pattern[str]) -> bool:
    """Whether the word before a 1 says that it counts nothing: chapter 1, Formula 1."""
    before = _WORD_BEFORE.search(one.string, max(0, one.start() - 30), one.start())
    if not before:
        return False
    preceding = one.string[max(0, before.start() - 4) : before.start()].rstrip(" (\"'¿¡")
    is_first = not preceding or preceding[-1] in ".!?:;"
    is_numbered = numbered.fullmatch(before[1].lower()) is not None
    return is_numbered or (before[1][0].isupper() and not is_first)


def agree(
    text: str,
    cardinal: Callable[[int, Gender | None], str],
    noun_gender: Callable[[str, int], Gender | None],
    numbered: re.Pattern[str],
) -> str:
    """Write out whole numbers in the gender of the noun right after them, where it is known.

    After the words that `numbered` matches in lower case, a 1 is a name and counts nothing.
    """

    def say(match: re.Match[str]) -> str:
        number = int(re.sub(r"[. ]", "", match[1]))
        # A number of millions is followed by "of", and so not by another number.
        is_unknown = match[1][0] == "0" or (match["link"] and number % 10**6 == 0)
        noun = match["noun"]
        if number == 1 and match["link"]:
            # The noun is of the greater number: una o dos personas, but uno o dos días.
            is_feminine = noun_gender(noun.lower(), 2) is Gender.FEMININE
            return cardinal(number, Gender.FEMININE) if is_feminine else match[0]
        if number == 1:
            is_unknown = is_unknown or not noun.islower() or is_name(match, numbered)
        gender = None if is_unknown else noun_gender(noun.lower(), number)
        return cardinal(number, gender) if gender else match[0]

    return _COUNTED.sub(say, text)
