"""Tells the full stop that ends a sentence from that of an abbreviation.

When in doubt, it is an abbreviation: two sentences wrongly joined still get a pause from the model,
but a sentence wrongly cut has a pause where nobody makes one.
"""

import re

# Abbreviations before a name, or another word with a capital.
_TITLES = re.compile(
    r"(?i:(?<![^\W\d_])(?:mrs?|ms|drs?|profs?|messrs|mt|ft|gen|col|capt|cpl|lt|sgt|maj|adm|rev|hon"
    r"|gov|sen|rep|pres|supt|vs|e\.g|i\.e|cf|viz|approx|sr|sra|srta|sres|sras|dra|dña|sto|sta|fco"
    r"|gral|lic|arq|profa|uds?|mme|mlle|mm|mgr|sig|sig\.ra|sig\.na|sigg|dott|dott\.ssa|prof\.ssa|ing"
    r"|avv|on|geom|rag|exm[oa]|pça|av|p\. ?ej|p\. ?ex|p\. ?es|ad es|j\.-c|c\.-à-d|tel|tél|cel|cell"
    r"|rs))\.$|(?<![^\W\d_])EE\.$"
)
_SAINT = re.compile(r"(?:^|[\s(\"'](?:[a-z]+|[A-Z][a-z]*,) |[(\"'])St\.$")
# An initial, but not the unit of a number.
_LETTER = re.compile(r"(?<![^\W\d_]|[\u0900-\u0963°\d])(?<!\d )[^\W\d_]\.$")
_HALF_OF_DAY = re.compile(r"(?i)(?<![^\W\d_])[ap]\. ?m\.$")
_ERA = re.compile(r"(?<![^\W\d_])[ad]\. ?C\.$")
_CAPITALS = re.compile(r"(?<![^\W\d_])(?:[A-Z]\.){2,6}$")
_AFTER_HALF_OF_DAY = re.compile(
    r"[A-Z]{1,3}T\b|UTC|GMT|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct"
    r"|Nov|Dec)[a-z]*\b"
)
# Words that begin a sentence and hardly ever continue a name such as U.S. Army.
_BEGINNING = re.compile(
    r"(?:The|An?|My|Your|His|Her|Its|Our|Their|I|You|He|She|It|We|They|This|That|These|Those|There"
    r"|Here|But|And|So|Or|If|When|While|Since|As|At|In|On|For|From|To|By|With|After|Before|What|Who"
    r"|Why|How|Where|No|Yes|Not|Then|Now|Some|Many|Most|All|One|Two|Both|Each|However)\b"
)
_ROMAN_NUMERAL = re.compile(r"[IVXLC]{2,}\b|[VX]\b")
_ITEM_NUMBER = re.compile(r"\s*\d{1,3}\.")
_SHORT_WORD = re.compile(r"(?<![\w\u0900-\u0963])[\w\u0900-\u0963]{1,6}\.$")
_SHORT_WORD_AFTER_NUMBER = re.compile(r"\d ?(?:de )?[^\W\d_]{1,5}\.$")
_HINDI_TITLE = re.compile(
    r"(?<![\w\u0900-\u0963])(?:डॉ|डा|श्री|सुश्री|प्रो|पं|स्व|कु|मो|नं|रु|ई|ई\.पू|कि\.मी|पृ|सं|क्र)\.$"
)
# Hindi initials are the English names of letters: ए. पी. जे. अब्दुल कलाम.
_HINDI_LETTER = r"(?:ए|बी|सी|डी|ई|एफ|जी|एच|आई|जे|के|एल|एम|एन|ओ|पी|क्यू|आर|एस|टी|यू|वी|डब्ल्यू|एक्स|वाई|ज़ेड)\."
_HINDI_INITIALS = re.compile(rf"(?<![\w\u0900-\u0963]){_HINDI_LETTER} ?{_HINDI_LETTER}$")
_HINDI_INITIAL = re.compile(rf"(?<![\w\u0900-\u0963]){_HINDI_LETTER}$")
_NEXT_HINDI_LETTER = re.compile(rf" ?{_HINDI_LETTER}")
_LOOK_AROUND = 24
"""Characters examined on each side; examining the whole sentence would take quadratic time."""


def ends_sentence(text: str, start: int, end: int) -> bool:
    """Return whether the full stop before `end` ends the sentence that begins at `start`."""
    before = text[max(start, end - _LOOK_AROUND) : end]
    following = text[end : end + _LOOK_AROUND].lstrip(" \"'(")
    if _ITEM_NUMBER.fullmatch(text, start, end):
        return False
    is_numbered = following[:1].isdigit() or _ROMAN_NUMERAL.match(following)
    if is_numbered and (_SHORT_WORD.search(before) or _LETTER.search(before)):
        return False
    if following[:1].islower() and _SHORT_WORD_AFTER_NUMBER.search(before):
        return False
    if "\u0900" <= before[-2:-1] <= "\u097f":
        return not _is_hindi_abbreviation(text, before, end)
    if _HALF_OF_DAY.search(before):
        return following[:1].isupper() and not _AFTER_HALF_OF_DAY.match(following)
    if _ERA.search(before):
        return following[:1].isupper()
    if _CAPITALS.search(before):
        return _BEGINNING.match(following) is not None
    return not (_LETTER.search(before) or _TITLES.search(before) or _SAINT.search(before))


def _is_hindi_abbreviation(text: str, before: str, end: int) -> bool:
    if _HINDI_TITLE.search(before) or _HINDI_INITIALS.search(before):
        return True
    return bool(_HINDI_INITIAL.search(before) and _NEXT_HINDI_LETTER.match(text, end))
