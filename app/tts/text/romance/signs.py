"""Signs and notations next to digits that Romance languages share."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.tts.text.rules import Rule


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


def multiplication_rules(by: str, times: str) -> tuple[Rule, ...]:
    """Return rules for `x` in languages that measure (3 `by` 4) and multiply in other words."""
    return (
        Rule(
            r"(?<=\d) ?x ?(?=\d{1,9}(?:,\d{1,2})? ?[=€$£])",
            f" {times} ",
            f"3 x 4 = 12 -> 3 {times} 4 = 12",
            f"3x 9,90 € -> 3 {times} 9,90 €",
        ),
        Rule(
            r"(?<=\d) ?x ?(?=\d{1,9} x \d{1,9} ?=)",
            f" {times} ",
            f"2 x 3 x 4 = 24 -> 2 {times} 3 x 4 = 24",
        ),
        Rule(r"(?<=\d) ?x ?(?=\d)", f" {by} ", f"3x4 cm -> 3 {by} 4 cm"),
        Rule(r"(?<=\d) ?[×*] ?(?=\d)", f" {times} ", f"3 × 4 * 5 -> 3 {times} 4 {times} 5"),
        Rule(r"(?<=\d) ?[x×](?!\w)", f" {times}", f"10x + -> 10 {times} +"),
    )


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
