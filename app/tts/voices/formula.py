"""Mixes of voices as formulas: `af_bella(2)+af_sky(1)`.

A formula consists of up to eight terms with `+` between them. A term is a voice's name, perhaps
with a weight in brackets: a decimal number above zero, by default 1. Spaces may stand anywhere but
within names and numbers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from app.tts.errors import InputError

MARKS = "+()"
"""Characters that only formulas have."""

MAX_TERMS = 8
MAX_CHARS = 1000
MAX_WEIGHT = 1000
SMALLEST_WEIGHT = Decimal("0.000001")
"""Weights are rounded to multiples of this."""

_NAME = r"[^\s+()]+"
_NUMBER = r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+"


@dataclass(frozen=True)
class Term:
    """A voice and its weight in a mix."""

    name: str
    weight: Decimal

    character: int
    """Position of the name in the formula, counted from 1."""


def parse_formula(text: str) -> list[Term]:
    """Return the terms of a formula.

    Raises `InputError` that says which character is wrong.
    """
    if len(text) > MAX_CHARS:
        raise InputError(f"a mix has at most {MAX_CHARS} characters.", field="voice")
    return list(_Parser(text).terms())


class _Parser:
    """Reads a formula from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._next = 0
        self._skip_space()

    def terms(self) -> Iterator[Term]:
        for _ in range(MAX_TERMS):
            character = self._next + 1
            name = self._take(_NAME, "a voice")
            has_weight = self._text.startswith("(", self._next)
            yield Term(name, self._weight() if has_weight else Decimal(1), character)
            if self._next == len(self._text):
                return
            self._take(r"\+", "'+'" if has_weight else "'+' or a weight such as '(2)'")
        raise self._error(self._next, f"since a mix has at most {MAX_TERMS} voices")

    def _weight(self) -> Decimal:
        self._take(r"\(", "'('")
        place, expected = self._next, f"a number above 0 and at most {MAX_WEIGHT}"
        weight = Decimal(self._take(_NUMBER, expected))
        if weight <= MAX_WEIGHT:  # otherwise it may have too many digits to be rounded
            weight = weight.quantize(SMALLEST_WEIGHT)
        if not 0 < weight <= MAX_WEIGHT:
            raise self._error(place, f"where {expected} is expected")
        self._take(r"\)", "')'")
        return weight

    def _take(self, pattern: str, expected: str) -> str:
        """Return the text that matches, and skip it and the space after it."""
        match = re.compile(pattern).match(self._text, self._next)
        if match is None:
            raise self._error(self._next, f"where {expected} is expected")
        self._next = match.end()
        self._skip_space()
        return match[0]

    def _skip_space(self) -> None:
        rest = self._text[self._next :]
        self._next += len(rest) - len(rest.lstrip())

    def _error(self, place: int, reason: str) -> InputError:
        found = self._text[place : place + 1]
        where = f"at character {place + 1}, {found!r}," if found else "at its end,"
        return InputError(f"the mix is broken {where} {reason}.", field="voice")
