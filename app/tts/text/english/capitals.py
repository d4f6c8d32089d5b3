"""Words in capitals: shouted words are read as words, acronyms as misaki knows them."""

import re

# Words that misaki takes for acronyms when they are written in capitals.
_ALSO_ACRONYMS = (
    "AM|AN|AS|AT|BE|DO|GO|HE|HOW|IN|IS|ME|MY|NO|NOT|NOW|OF|OH|ON|OR|OUR|SHE|SO|THE|TO|UP|"
    "WE|WHO|YOU|ALL|ANY|ARE|BUT|CAN|FOR|GET|HAS|HAD|HIS|HER|LET|MAY|NEW|OLD|ONE|OUT|OWN|PUT|SAY|"
    "SEE|TOP|TOO|TWO|USE|WAS|WAY|WHY|YES|YET|READ|OPEN|STOP|HELP|LIVE|BY|IF|END|ADD|ASK|BAD|BIG|"
    "BUY|CAR|DAY|EAT|FAR|FUN|HIM|ITS|JOB|LOT|LOW|MAN|MEN|OFF|PAY|RED|RUN|SET|SIT|SIX|TEN|TRY|WIN"
)
_SHOUTED_WORD = re.compile(rf"\b(?:{_ALSO_ACRONYMS})\b")
# Elsewhere they are a country and a department.
_SHOUTED_PRONOUN = re.compile(
    r"(?<!\bTHE )\bIT\b|(?<=\b(?:FOR|LET) )US\b|(?<=\b(?:WITH|GIVE|TELL|JOIN|HELP) )US\b"
    r"|(?<=\b(?:TO|OF) )US\b(?! [A-Z])"
)
_CAPITALS = re.compile(r"\b[A-Z]{2,}\b")
_PRONOUNCED = {"JSON": "Jason", "README": "readme", "YAML": "yammel", "GIF": "gif", "WAV": "wave"}
_PRONOUNCED_WORD = re.compile(rf"\b(?:{'|'.join(_PRONOUNCED)})\b")
# Nobody spells out so many letters: CHANGELOG is a word.
_LONG_WORD = re.compile(r"\b[A-Z]{6,}\b")
_SYLLABLES = re.compile("[B-DF-HJ-NP-TV-Z][AEIOUY][A-Z]+[AEIOUY]")
_SHOUTED_PAIR = re.compile(rf"\b(?:{_ALSO_ACRONYMS})(?: (?:{_ALSO_ACRONYMS}))+\b")


def read_capitals(text: str) -> str:
    """Lower the case of words that are shouted, so that they are not spelled out."""
    is_shouted = not any(map(str.islower, text)) and len(_CAPITALS.findall(text)) > 1
    text = _PRONOUNCED_WORD.sub(lambda m: _PRONOUNCED[m[0]], text)
    if is_shouted:
        text = _SHOUTED_PRONOUN.sub(lambda m: m[0].lower(), text)
        text = _SHOUTED_WORD.sub(lambda m: m[0].lower(), text)
    else:
        # Emphasis inside a sentence takes two shouted words side by side: DO NOT, not the US.
        text = _SHOUTED_PAIR.sub(lambda m: m[0].lower(), text)
    return _LONG_WORD.sub(_as_word, text)


def _as_word(match: re.Match[str]) -> str:
    return match[0].capitalize() if _SYLLABLES.search(match[0]) else match[0]
