"""Chinese numbers, signs and addresses in the words of a speaker of Mandarin."""

from app.tts.text.addresses import verbalize_addresses
from app.tts.text.chinese import codes, measures, numbers, signs, times
from app.tts.text.chinese.characters import usual_characters
from app.tts.text.chinese.conventions import ADDRESS_WORDS
from app.tts.text.rules import Rule, apply_rules


def normalize(text: str) -> str:
    """Return `text` with everything that is not words written out as a speaker says it."""
    text = apply_rules(usual_characters(text), _BEFORE_ADDRESSES)
    text = verbalize_addresses(text, ADDRESS_WORDS)
    text = signs.verbalize_other_signs(apply_rules(text, _NOTATIONS))
    return _STRAY_SPACE.apply(" ".join(apply_rules(text, numbers.NUMBERS).split()))


_BEFORE_ADDRESSES = (signs.DRAWN_LINE, times.DOTTED_DATE)
_NOTATIONS = (
    signs.TOPIC,
    *numbers.PLAIN_NUMERALS,
    # Telephone numbers and dates have hyphens like ranges, and times colons like ratios.
    *codes.CODES,
    *times.TIMES,
    # A series has more than one hyphen, a range only one.
    *signs.SCORES,
    *codes.SERIES,
    *signs.RANGES,
    # After ranges, whose two amounts have one unit.
    *measures.MEASURES,
    *signs.SIGNS,
)
_STRAY_SPACE = Rule(r" +(?=[,.;:!?)\]，。；：！？）])", "", "example 点 com ， -> example 点 com，")
