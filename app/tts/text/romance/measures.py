"""Units as people write them beside the international symbols, and their full stops."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.tts.text.units import UNITS


@dataclass(frozen=True, eq=False)
class Measures:
    """The units of a language that have other symbols than everywhere."""

    symbols: Mapping[str, str]
    """The international symbol by another one: Spanish `seg` for `s`."""

    names: Mapping[str, tuple[str, str]]
    """Singular and plural by symbol, of what else is counted so."""

    singular: str = "1"
    """A regular expression of the numbers before a singular."""


def read_measures(text: str, measures: Measures) -> str:
    """Write `5 seg.` as `5 s`, and `3 mln` with its noun.

    A full stop stays where it ends the text.
    """
    stop, symbol, one, many = _patterns(measures)
    text = stop.sub(r"\1", text)
    text = symbol.sub(lambda m: f" {measures.symbols[m[1]]}", text)
    text = one.sub(lambda m: f"{m[1]} {measures.names[m[2]][0]}", text)
    return many.sub(lambda m: f" {measures.names[m[1]][1]}", text)


@lru_cache(maxsize=8)
def _patterns(
    measures: Measures,
) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    def any_of(symbols: Mapping[str, object]) -> str:
        return "|".join(map(re.escape, sorted(symbols, key=len, reverse=True))) or "(?!)"

    written = any_of({**UNITS, **measures.symbols, **measures.names})
    names = any_of(measures.names)
    return (
        re.compile(rf"((?<=\d) ?(?:{written}))\.(?=\s?[,;:.!?)]|\s[^\WA-ZÀ-Þ]|\s[(+/=-])"),
        re.compile(rf"(?<=\d) ?({any_of(measures.symbols)})(?![\w°²³/])"),
        re.compile(rf"(?<![\w.,])({measures.singular}) ?({names})(?![\w/])"),
        re.compile(rf"(?<=\d) ?({names})(?![\w/])"),
    )
