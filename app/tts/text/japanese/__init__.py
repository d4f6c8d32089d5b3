"""Japanese text in words: numbers in katakana, and everything else that is not words."""

from app.tts.text.addresses import verbalize_addresses
from app.tts.text.japanese import (
    abbreviations,
    codes,
    counts,
    measures,
    numbers,
    signs,
    times,
)
from app.tts.text.japanese.characters import usual_characters
from app.tts.text.japanese.conventions import ADDRESS_WORDS
from app.tts.text.rules import Rule, apply_rules


def normalize(text: str) -> str:
    """Return a cleaned sentence with its numbers, dates, money, units and symbols in words."""
    text = verbalize_addresses(usual_characters(text), ADDRESS_WORDS)
    return apply_rules(text, _RULES).strip()


_SPACES = (
    Rule(" +", " ", "3つ  です -> 3つ です"),
    Rule(
        "(?<=[、。!?」』)「『(…]) | (?=[、。!?」』)…])",
        "",
        "ミッツ 、パン -> ミッツ、パン",
        "はい。 サン -> はい。サン",
    ),
)
_RULES = (
    *numbers.PLAIN_NUMERALS,
    # Before dates and ranges, which have hyphens too.
    *codes.TELEPHONES,
    *times.DATES_AND_TIMES,
    *abbreviations.NAMES,
    *codes.HYPHENATED,
    *abbreviations.ABBREVIATIONS,
    *numbers.SHARES,
    *times.DECADES,
    *abbreviations.FLOORS,
    *codes.EMERGENCIES,
    *measures.SPEEDS,
    # The minus of money comes before its sign.
    *signs.ARITHMETIC,
    *measures.MEASURES,
    *signs.SIGNS,
    # Last, as the rules before them write numbers with 月, 時, 円 and other counters.
    *times.DAYS,
    *counts.COUNTS,
    *_SPACES,
)
