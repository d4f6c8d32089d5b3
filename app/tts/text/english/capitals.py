"""English words in capitals: shouted words are said as words, acronyms are left to misaki."""

import re

from app.tts.text.rules import Rule, any_of, apply_rules

# Words that misaki takes for acronyms when they are written in capitals.
_ALSO_ACRONYMS = (
    "AM|AN|AS|AT|BE|DO|GO|HE|HOW|IN|IS|ME|MY|NO|NOT|NOW|OF|OH|ON|OR|OUR|SHE|SO|THE|TO|UP|"
    "WE|WHO|YOU|ALL|ANY|ARE|BUT|CAN|FOR|GET|HAS|HAD|HIS|HER|LET|MAY|NEW|OLD|ONE|OUT|OWN|PUT|SAY|"
    "SEE|TOP|TOO|TWO|USE|WAS|WAY|WHY|YES|YET|READ|OPEN|STOP|HELP|LIVE|BY|IF|END|ADD|ASK|BAD|BIG|"
    "BUY|CAR|DAY|EAT|FAR|FUN|HIM|ITS|JOB|LOT|LOW|MAN|MEN|OFF|PAY|RED|RUN|SET|SIT|SIX|TEN|TRY|WIN"
)
_CAPITALS = re.compile(r"\b[A-Z]{2,}\b")
_PRONOUNCED = {"JSON": "Jason", "README": "readme", "YAML": "yammel", "GIF": "gif", "WAV": "wave"}
_SYLLABLES = re.compile("[B-DF-HJ-NP-TV-Z][AEIOUY][A-Z]+[AEIOUY]")


def verbalize_capitals(text: str) -> str:
    """Lower the case of words that are shouted, so that they are not spelled out."""
    is_shouted = not any(map(str.islower, text)) and len(_CAPITALS.findall(text)) > 1
    text = _PRONOUNCED_WORD.apply(text)
    text = apply_rules(text, _SHOUTED_SENTENCE) if is_shouted else _SHOUTED_PAIR.apply(text)
    return _LONG_WORD.apply(text)


def _lower(match: re.Match[str]) -> str:
    return match[0].lower()


def _as_word(match: re.Match[str]) -> str:
    return match[0].capitalize() if _SYLLABLES.search(match[0]) else match[0]


_PRONOUNCED_WORD = Rule(
    rf"\b(?:{any_of(_PRONOUNCED)})\b",
    lambda match: _PRONOUNCED[match[0]],
    "a JSON file -> a Jason file",
)
_SHOUTED_SENTENCE = (
    # Elsewhere they are a department and a country.
    Rule(
        r"(?<!\bTHE )\bIT\b|(?<=\b(?:FOR|LET) )US\b|(?<=\b(?:WITH|GIVE|TELL|JOIN|HELP) )US\b"
        r"|(?<=\b(?:TO|OF) )US\b(?! [A-Z])",
        _lower,
        "TAKE IT FROM THE IT TEAM -> TAKE it FROM THE IT TEAM",
        "LET US PRAY -> LET us PRAY",
        "COME WITH US -> COME WITH us",
        "COME TO US, NOT TO US BANKS -> COME TO us, NOT TO US BANKS",
    ),
    Rule(rf"\b(?:{_ALSO_ACRONYMS})\b", _lower, "YOU MUST STOP -> you MUST stop"),
)
_SHOUTED_PAIR = Rule(
    # Emphasis inside a sentence takes two shouted words side by side: DO NOT, not the US.
    rf"\b(?:{_ALSO_ACRONYMS})(?: (?:{_ALSO_ACRONYMS}))+\b",
    _lower,
    "You MUST NOT go; DO NOT. -> You MUST NOT go; do not.",
)
_LONG_WORD = Rule(
    # Nobody spells out so many letters: CHANGELOG is a word.
    r"\b[A-Z]{6,}\b",
    _as_word,
    "see CHANGELOG -> see Changelog",
)
