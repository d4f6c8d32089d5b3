"""Rules for numbers that all Romance languages share."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.tts.text.rules import Rule, any_of


def _kilo(match: re.Match[str]) -> str:
    return match[1] + (match[2] or "").ljust(3, "0")


NUMERALS = (
    # English: no other language writes commas and points like this.
    Rule(
        r"(?<![\d.,])\d{1,3}(?:(?:,\d{3}){1,4}\.\d+|(?:,\d{3}){2,4})(?![\d,]|\.\d)",
        lambda m: m[0].replace(",", ""),
        "$ 1,234.56 -> $ 1234.56",
        "$ 1,234,567 -> $ 1234567",
    ),
    # Joined, as a part of it would be taken for a telephone number.
    Rule(
        r"(?<![\w.,+-])(?<![\d)] )[1-9]\d{0,2}(?: \d{3}){2,4}(?! ?\d|[.:/-]\d)",
        lambda m: m[0].replace(" ", ""),
        "1 000 000 000 habitants -> 1000000000 habitants",
    ),
    # Not the 4k of a screen or the 10k of a race.
    Rule(
        r"(?<![\w.,-])(?![48]k)([1-9]\d{0,2})(?:[.,](\d{1,3}))?k"
        r"(?= (?:de |di |d')?(?:[^\W\d_]{3,20}[sie]|euro|follower)\b)",
        _kilo,
        "10k seguidores -> 10000 seguidores",
        "1,5k de fans -> 1500 de fans",
        "20k euro -> 20000 euro",
    ),
)
"""Rules for numerals with other marks between groups, and for thousands written with a k."""


def range_rule(to: str) -> Rule:
    """Return a rule that writes the word `to` in ranges of times, amounts and percentages."""
    return Rule(
        r"(?<=[\dh€£%])\s?[–—]\s?(?=\d)|(?<=[h€£%])\s?-\s?(?=\d)"
        r"|(?<=[\d ]\d[:h.]\d\d)\s?-\s?(?=\d{1,2}[:h.]\d\d(?!\d))"
        r"|(?<=\b\d[:h]\d\d)\s?-\s?(?=\d{1,2}[:h]\d\d)",
        f" {to} ",
        f"10–20 % -> 10 {to} 20 %",
        f"5 €-10 € -> 5 € {to} 10 €",
        f"10.30-12.45 -> 10.30 {to} 12.45",
        f"9h30-17h45 -> 9h30 {to} 17h45",
    )


def thousand_rules(word: str, currencies: Iterable[str]) -> tuple[Rule, ...]:
    """Return rules that write thousands beside a currency in digits: no `of` follows them."""
    signs = any_of(currencies)
    number = r"(\d{1,3})(?:,(\d{1,3}))?"

    def digits(whole: str, fraction: str | None) -> str:
        return str(int(whole + (fraction or "").ljust(3, "0")))

    return (
        Rule(
            rf"(?<![\d.,]){number} ?{word} ?(?=(?:{signs})(?!\w))",
            lambda m: f"{digits(m[1], m[2])} ",
            f"5 {word} € -> 5000 €",
            f"2,5 {word} $ -> 2500 $",
        ),
        Rule(
            rf"((?:{signs}) ?){number} ?{word}(?!\w)",
            lambda m: m[1] + digits(m[2], m[3]),
            f"€ 5 {word} -> € 5000",
        ),
    )


@dataclass(frozen=True, eq=False)
class NumberWords:
    """The words that the number rules of every Romance language need."""

    decades: str
    """Words before a decade, as alternatives of a regular expression: Spanish `los|años`."""

    more_than: str
    less_than: str
    about: str

    fifty_fifty: str

    out_of: str
    """Between the numbers of a mark or a score, 8,5/10."""

    divided: str

    currencies: Mapping[str, str]
    """The sign of a currency by its names, as alternatives: `€` by `euros|euro`."""

    and_centimetres: str = ""
    """Between metres and centimetres: Italian `e `."""

    millions: str = ""
    """Millions, for the M in `5 M de`."""

    of: str = "de"
    """The word between such an M and a noun."""

    amount: str = r"[\d$€£]"
    """A regular expression for the first character of an amount."""


def number_rules(words: NumberWords, *, has_ordinal_sign: bool = True) -> tuple[Rule, ...]:
    """Return the rules for numbers that come first in every Romance language.

    A language that writes ordinals with `º` has it for degrees, too.
    """
    decade = words.decades.partition("|")[0]
    return (
        Rule(
            r"(?<!\w)'(?=\d\d\b)|(?<=\d)'s\b",
            "",
            f"{decade} '90 -> {decade} 90",
            f"{decade} 90's -> {decade} 90",
        ),
        Rule(rf"(?i)\b({words.decades}) '?(\d0)'?s\b", r"\1 \2", f"{decade} '80s -> {decade} 80"),
        Rule(
            r"(?<![\w)])(?<![\d)] )\+ ?(?=\d[\d.]{1,9} [^\W\d_]{3,})",
            f"{words.more_than} ",
            f"+100 bar -> {words.more_than} 100 bar",
        ),
        *_million_rules(words),
        Rule(r"(?<![\w/.,])50/50(?![\w/])", words.fifty_fifty, f"50/50 -> {words.fifty_fifty}"),
        Rule(
            r"(?<=\d)([.,]\d\d?)/(?=(?:5|10|20|30|100)(?![\w/]|[.,]\d))",
            rf"\1 {words.out_of} ",
            f"8,5/10 -> 8,5 {words.out_of} 10",
        ),
        Rule(r"(?<![\w.,:])0(?=\d ?h\b)", "", "08 h -> 8 h"),
        Rule(
            r"(?<![\d.,])([12])[,.]([1-9]\d) ?m(?![\w²³/])",
            rf"\1 m {words.and_centimetres}\2",
            f"1,80 m -> 1 m {words.and_centimetres}80",
        ),
        *((_NEGATIVE_DEGREES,) if has_ordinal_sign else ()),
        *(_currency_rule(names, sign) for names, sign in words.currencies.items()),
    )


_NEGATIVE_DEGREES = Rule(
    r"(?<![\w)])([-−] ?\d{1,2}) ?º(?!\w)", r"\1°", "-3º -> -3°", "(−10 º) -> (−10°)"
)


def _million_rules(words: NumberWords) -> tuple[Rule, ...]:
    if not words.millions:
        return ()
    return (
        Rule(
            rf"(?<=\d) ?M(?= {words.of}\b)",
            f" {words.millions}",
            f"1,5 M {words.of} fans -> 1,5 {words.millions} {words.of} fans",
        ),
    )


def _currency_rule(names: str, sign: str) -> Rule:
    examples = (f"5 {name} -> 5 {sign}" for name in names.split("|"))
    return Rule(rf"(?<=\d) (?:{names})\b", f" {sign}", *examples)


def comparison_rules(words: NumberWords) -> tuple[Rule, ...]:
    """Return rules for signs of division and comparison before numbers and amounts."""
    return (
        Rule(r"(?<=\d) ?÷ ?(?=\d)", f" {words.divided} ", f"8 ÷ 2 -> 8 {words.divided} 2"),
        Rule(
            rf"[~≈] ?(?={words.amount})",
            f"{words.about} ",
            f"~ 5 € -> {words.about} 5 €",
            f"≈5 € -> {words.about} 5 €",
        ),
        Rule(rf"< ?(?={words.amount})", f"{words.less_than} ", f"< 5 € -> {words.less_than} 5 €"),
        Rule(rf"> ?(?={words.amount})", f"{words.more_than} ", f"> 5 € -> {words.more_than} 5 €"),
    )
