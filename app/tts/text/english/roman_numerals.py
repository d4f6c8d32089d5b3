"""Roman numerals after names: Henry VIII, World War II, Chapter IV."""

import re

from app.tts.text.english.numbers import cardinal, ordinal
from app.tts.text.numerals import roman_value

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
_AFTER_KING = re.compile(rf"\b({_REIGNING})((?:'s)? ){_NUMERAL}(?='s|'|\b)")
_AFTER_NOUN = re.compile(rf"(?i:\b({_NUMBERED})) {_NUMERAL}\b")
_AFTER_NAME = re.compile(r"(?<=[a-z] )((?:X{1,3})?(?:I[XV]|V?I{2,3}|VI))(?![\w'])")


def read_roman_numerals(text: str) -> str:
    """Write out Roman numerals where a name or a numbered thing stands before them."""
    text = _AFTER_KING.sub(
        lambda m: f"{m[1]}{m[2]}the {ordinal(roman_value(m[3])).capitalize()}", text
    )
    text = _AFTER_NOUN.sub(lambda m: f"{m[1]} {cardinal(roman_value(m[2]), british=False)}", text)

    def after_name(match: re.Match[str]) -> str:
        word = text[: match.start()].rsplit(None, 1)[-1]
        return cardinal(roman_value(match[1]), british=False) if word[0].isupper() else match[0]

    return _AFTER_NAME.sub(after_name, text)
