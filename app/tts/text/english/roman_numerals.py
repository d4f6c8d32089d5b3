"""Roman numerals after names: Henry VIII, World War II, Chapter IV."""

import re

from app.tts.text.english.numbers import cardinal, ordinal
from app.tts.text.numerals import roman_value
from app.tts.text.rules import Rule, apply_rules

_REIGNING = (
    "Henry|Louis|Charles|George|Edward|William|Elizabeth|James|Richard|Philip|Frederick|Napoleon|"
    "Ivan|Peter|Catherine|Nicholas|Alexander|Pius|Paul|John|Benedict|Gregory|Innocent|Leo|Clement|"
    "Urban|Francis|Ferdinand|Leopold|Rudolf|Rudolph|Otto|Gustav|Christian|Olaf|Harald|Haakon|"
    "Albert|Victoria|Mary|Margaret|Ramses|Ramesses|Ptolemy|Cleopatra|Tutankhamun|Thutmose|Darius|"
    "Xerxes|Mehmed|Selim|Suleiman|Robert|Malcolm|David|Stephen|Boniface|Celestine|Sixtus|Adrian|"
    "Juan Carlos|Felipe|Alfonso|Umberto|Vittorio Emanuele|Wilhelm|Maximilian|Joseph|Pedro"
)
_NUMBERED = (
    "War|Chapter|Part|Volume|Book|Act|Scene|Section|Article|Title|Phase|Type|Stage|Class|Level|"
    "Grade|Figure|Table|Appendix|Episode|Season|Series|Fantasy|Bowl|Age|Division|Group|Schedule|"
    "Amendment|Canto|Symphony|Sonata|Apollo|Saturn|Mark|Rocky|Unit|Vatican|Camp|Region|Tier"
)
_NUMERAL = r"((?:X{1,3}|X?L)?(?:I[XV]|V?I{1,3}|V)|X{1,3}|X?L)"


def _reigning(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2]}the {ordinal(roman_value(match[3])).capitalize()}"


def _numbered(match: re.Match[str]) -> str:
    return f"{match[1]} {cardinal(roman_value(match[2]), british=False)}"


def _after_name(match: re.Match[str]) -> str:
    word = match.string[: match.start()].rsplit(None, 1)[-1]
    return cardinal(roman_value(match[1]), british=False) if word[0].isupper() else match[0]


# From the surest to the least sure: after any other name, I and V alone are letters.
_RULES = (
    Rule(
        rf"\b({_REIGNING})((?:'s)? ){_NUMERAL}(?='s|'|\b)",
        _reigning,
        "Henry VIII and Louis XIV's -> Henry the Eighth and Louis the Fourteenth's",
    ),
    Rule(
        rf"(?i:\b({_NUMBERED})) {_NUMERAL}\b",
        _numbered,
        "World War II, chapter IV -> World War two, chapter four",
    ),
    Rule(
        r"(?<=[a-z] )((?:X{1,3})?(?:I[XV]|V?I{2,3}|VI))(?![\w'])",
        _after_name,
        "Windsor III was in my part of III -> Windsor three was in my part of III",
    ),
)


def verbalize_roman_numerals(text: str) -> str:
    """Write out Roman numerals where a name or a numbered thing stands before them."""
    return apply_rules(text, _RULES)
