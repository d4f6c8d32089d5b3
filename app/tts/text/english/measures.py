"""English prices and measures that are adjectives, and so in the singular: a $20 bill."""

import re

from app.tts.text.rules import Rule, apply_rules
from app.tts.text.units import UNIT_PATTERN, UNITS, unit_name


def verbalize_prices(text: str) -> str:
    """Write out the dollars of prices before a noun."""
    return apply_rules(text, _PRICES)


def verbalize_measures(text: str) -> str:
    """Write out the units of measures before a noun."""
    return apply_rules(text, _MEASURES)


def _price(match: re.Match[str]) -> str:
    scale = {"m": " million", "bn": " billion", None: ""}.get(match[2], f" {match[2]}")
    return match[0] if "." in match[1] and not scale else f"{match[1]}{scale} dollar"


def _measure(match: re.Match[str]) -> str:
    return f"{match[1]}-{unit_name(UNITS[match[2]], 1, 'en_US')}"


_PRICES = (
    Rule(
        r"(?<=\b[Aa] )\$(\d[\d,]*(?:\.\d+)?)(?: ?(million|billion|m|bn))?(?= [a-z]+\b)",
        _price,
        "a $20 bill -> a 20 dollar bill",
        "a $1.5bn deal -> a 1.5 billion dollar deal",
    ),
)
_MEASURES = (
    Rule(
        rf"(?<![\d.,])(\d{{1,6}})-({UNIT_PATTERN})(?= [a-z])",
        _measure,
        "a 5-GB file -> a 5-gigabyte file",
    ),
)
