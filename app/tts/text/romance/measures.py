"""Units with symbols other than the international ones, and the full stops after units."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.tts.text.rules import Rule, any_of
from app.tts.text.units import UNITS


@dataclass(frozen=True, eq=False)
class Measures:
    """The units of a language that have symbols of their own."""

    symbols: Mapping[str, str]
    """The international symbol by the one of the language: `s` by Spanish `seg`."""

    names: Mapping[str, tuple[str, str]]
    """Singular and plural by symbol, for units without an international one: Italian `mln`."""

    singular: str = "1"
    """A regular expression for the numbers before a singular."""


def measure_rules(measures: Measures) -> tuple[Rule, ...]:
    """Return rules that write `5 seg.` as `5 s`, and `3 mln` with its noun."""
    symbols, names = measures.symbols, measures.names
    known, any_name = any_of({*UNITS, *symbols, *names}), any_of(names)
    symbol, (name, (one, many)) = next(iter(symbols)), next(iter(names.items()))
    return (
        # A full stop stays where it ends the text.
        Rule(
            rf"((?<=\d) ?(?:{known}))\.(?=\s?[,;:.!?)]|\s[^\WA-ZÀ-Þ]|\s[(+/=-])",
            r"\1",
            "2 kg., 3 m. -> 2 kg, 3 m.",
            "30 min. a pie -> 30 min a pie",
            "30 min. + 5 -> 30 min + 5",
        ),
        Rule(
            rf"(?<=\d) ?({any_of(symbols)})(?![\w°²³/])",
            lambda m: f" {symbols[m[1]]}",
            f"5{symbol} -> 5 {symbols[symbol]}",
        ),
        Rule(
            rf"(?<![\w.,])({measures.singular}) ?({any_name})(?![\w/])",
            lambda m: f"{m[1]} {names[m[2]][0]}",
            f"1 {name} -> 1 {one}",
        ),
        Rule(
            rf"(?<=\d) ?({any_name})(?![\w/])",
            lambda m: f" {names[m[1]][1]}",
            f"3 {name} -> 3 {many}",
        ),
    )
