"""English numbers that are names, said digit by digit."""

import re

from app.tts.text.rules import Rule, apply_rules


def verbalize_codes(text: str) -> str:
    """Set the digits of emergency calls, ZIP codes and ISBNs apart."""
    return apply_rules(text, _CODES)


def _code(match: re.Match[str]) -> str:
    name, digits = (part for part in match.groups() if part)
    return name + " ".join(filter(str.isdigit, digits))


_CODES = (
    Rule(
        r"\b((?i:call|calls|called|calling|dial|dialed|dialled|ring|phone) )(911|999|112|101|111)\b"
        r"|\b((?:[A-Z]{2}|ZIP|(?i:zip code)) )(\d{5})\b(?![,.]\d)"
        r"|\b(ISBN:? ?)((?:\d[- ]?){9,16}\d)",
        _code,
        "Call 911 -> Call 9 1 1",
        "Albany, NY 12207 -> Albany, NY 1 2 2 0 7",
        "zip code 90210 -> zip code 9 0 2 1 0",
        "ISBN 978-3-16-148410-0 -> ISBN 9 7 8 3 1 6 1 4 8 4 1 0 0",
    ),
)
