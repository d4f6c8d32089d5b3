"""Powers, comparisons and divisions in words, and signs that only look like them."""

import re
from dataclasses import dataclass

from app.tts.text.rules import Rule
from app.tts.text.units import UNITS, unit_name

_OPERAND = r"(?:(?<=[\d)%])|(?<=^[A-Za-z])|(?<=[^\w'][B-DF-XZb-df-np-xz])) ?"
_NOT_MATHEMATICS = (
    Rule(r"(?:^|\s)<3+(?=\s*(?:[.,!?]|$))", "", "te amo <3 -> te amo"),
    Rule(r"(?<![<=-])(?:->|=>|—>|–>)", " → ", "A => B -> A  →  B"),
    Rule(r"\bmc(?=²)", "m c", "E = mc² -> E = m c²"),
    # The names of a menu and its entry, and not of two amounts.
    Rule(
        r"(?<=[^\W\d_][^\W\d_]) ?> ?(?=[A-ZÀ-Þ][^\W\d_])",
        ", ",
        "Ajustes > Pantalla -> Ajustes, Pantalla",
    ),
)


@dataclass(frozen=True)
class MathematicsWords:
    """The words for signs between numbers or letters."""

    squared: str
    cubed: str
    greater: str
    less: str
    at_least: str
    at_most: str
    divided: str


def mathematics_rules(words: MathematicsWords, locale: str) -> tuple[Rule, ...]:
    """Return rules for powers, comparisons and divisions; units after numbers stay as they are."""
    return (
        *_NOT_MATHEMATICS,
        _power_rule(words, locale),
        Rule(
            r" ?(?:>=|≥) ?",
            f" {words.at_least} ",
            f"x >= 2 -> x {words.at_least} 2",
            f"x≥2 -> x {words.at_least} 2",
        ),
        Rule(
            r" ?(?:<=|≤) ?",
            f" {words.at_most} ",
            f"x <= 2 -> x {words.at_most} 2",
            f"x≤2 -> x {words.at_most} 2",
        ),
        Rule(
            rf"{_OPERAND}> ?(?=[\w$€£(-])",
            f" {words.greater} ",
            f"x > 3 -> x {words.greater} 3",
            f"100% > 50% -> 100% {words.greater} 50%",
            f"(x > 3) -> (x {words.greater} 3)",
        ),
        Rule(rf"{_OPERAND}< ?(?=[\w$€£(-])", f" {words.less} ", f"5 < 8 -> 5 {words.less} 8"),
        Rule(r"(?<=\d) / (?=\d)", f" {words.divided} ", f"8 / 2 -> 8 {words.divided} 2"),
        Rule(r"(?<=[\w.,;!?)]) / (?=\S)", ", ", "Roma / Milano -> Roma, Milano"),
    )


def _power_rule(words: MathematicsWords, locale: str) -> Rule:
    def power(match: re.Match[str]) -> str:
        if match["unit"]:
            symbol = match["unit"] + match["power"]
            if match["number"] or symbol not in UNITS:
                return match[0]
            return unit_name(UNITS[symbol], 1, locale)
        said = words.squared if match["sign"] == "²" else words.cubed
        return f" {said}" + (" " if match["word"] is not None else "")

    return Rule(
        r"(?P<number>\d[ -]?)?(?<![^\W\d_])(?P<unit>[kcm]?m)(?P<power>[²³])(?!\w)"
        r"|(?<=[\w)])(?P<sign>[²³])(?P<word>(?=[^\W_]))?",
        power,
        f"m² -> {unit_name(UNITS['m²'], 1, locale)}",
        f"x² + 2³ = y -> x {words.squared} + 2 {words.cubed} = y",
        f"a²b -> a {words.squared} b",
    )
