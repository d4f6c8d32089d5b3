"""Numerals, ranges and thousands, brought into forms that the other rules recognise."""

import re
from collections.abc import Iterable

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
