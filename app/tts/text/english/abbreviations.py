"""English abbreviations, in the words that stand behind them."""

import re

from app.tts.text.markup import PLACEHOLDERS

_TITLES = {
    "Mr": "Mister",
    "Mrs": "Missus",
    "Ms": "Miz",
    "Dr": "Doctor",
    "Prof": "Professor",
    "Rev": "Reverend",
    "Gen": "General",
    "Col": "Colonel",
    "Capt": "Captain",
    "Lt": "Lieutenant",
    "Sgt": "Sergeant",
    "Gov": "Governor",
    "Sen": "Senator",
    "Rep": "Representative",
    "Hon": "Honorable",
    "St": "Saint",
    "Mt": "Mount",
    "Ft": "Fort",
}
"""Stand before a name; without a full stop only those that are no words themselves."""

_ROADS = {
    "St": "Street",
    "Dr": "Drive",
    "Ave": "Avenue",
    "Blvd": "Boulevard",
    "Rd": "Road",
    "Ln": "Lane",
    "Hwy": "Highway",
    "Sq": "Square",
    "Pkwy": "Parkway",
}
"""Stand after a name."""

_NUMBERED = {
    "No": "number",
    "no": "number",
    "Nos": "numbers",
    "Fig": "figure",
    "fig": "figure",
    "p": "page",
    "pp": "pages",
    "vol": "volume",
    "Vol": "Volume",
    "ch": "chapter",
    "Ch": "Chapter",
    "sec": "section",
    "Sec": "Section",
    "Eq": "equation",
    "eq": "equation",
    "ver": "version",
}
"""Stand before a number."""

_ANYWHERE = {
    "vs.": "versus",
    "e.g.": "for example",
    "i.e.": "that is",
    "etc.": "et cetera",
    "cf.": "compare",
    "viz.": "namely",
    "al.": "al",
    "approx.": "approximately",
    "dept.": "department",
    "est.": "established",
    "ext.": "extension",
    "incl.": "including",
    "misc.": "miscellaneous",
    "temp.": "temperature",
    "govt.": "government",
    "Jr.": "Junior",
    "Sr.": "Senior",
    "Inc.": "Incorporated",
    "Ltd.": "Limited",
    "Corp.": "Corporation",
    "Co.": "Company",
    "Bros.": "Brothers",
    "Assn.": "Association",
    "Univ.": "University",
    "Ph.D.": "P H D",
    "PhD": "P H D",
    "w/o": "without",
    "w/": "with",
    "b/c": "because",
    "a.k.a.": "A K A",
    "aka": "A K A",
    "R.S.V.P.": "R S V P",
    "o.k.": "okay",
    "O.K.": "okay",
}

_LONELY_TITLES = ("Mr", "Mrs", "Ms", "Dr", "Prof", "St", "Mt", "Sgt", "Capt")
_NAME = rf"(?=[A-Z{PLACEHOLDERS}])"
_BEFORE_NAME = re.compile(
    rf"(?<![\w.])(?:({'|'.join(_TITLES)})\.|({'|'.join(_LONELY_TITLES)})) {_NAME}"
)
_AFTER_NAME = re.compile(
    rf"(?<=[\w)] )({'|'.join(_ROADS)})(\.(?! [A-Z][a-z]+ (?:St|Ave|Rd))|(?=[,;]|$| and ))"
)
_ROAD_BEFORE = re.compile(r"(?:[A-Z][a-z'-]+|\d+(?:st|nd|rd|th)) $")
_BEFORE_NUMBER = re.compile(rf"(?<![\w.])({'|'.join(_NUMBERED)})\. ?(?=\d)|#(?=\d)")
_WHEREVER = re.compile(
    r"(?<![\w.])(?:"
    + "|".join(map(re.escape, sorted(_ANYWHERE, key=len, reverse=True)))
    + r")(?!\w)"
)
_VERSUS = re.compile(r"(?<=\w )vs?(?= [A-Z0-9])|(?<=\w )vs(?= \w)")
_INITIALS = re.compile(r"(?<![\w.])(?:[A-Z]\.){2,6}(?!\w)")


def read_abbreviations(text: str) -> str:
    """Write out abbreviations; a full stop that also ends the sentence stays."""
    text = _INITIALS.sub(_initials, text)
    text = _WHEREVER.sub(lambda m: _ANYWHERE[m[0]] + _stop(m), text)
    text = _VERSUS.sub("versus", text)
    text = _BEFORE_NUMBER.sub(lambda m: _NUMBERED.get(m[1], "number") + " ", text)
    text = _AFTER_NAME.sub(_road, text)
    return _BEFORE_NAME.sub(lambda m: _TITLES[m[1] or m[2]] + " ", text)


def _initials(match: re.Match[str]) -> str:
    if match[0] in _ANYWHERE:
        return match[0]
    return match[0].replace(".", "") + _stop(match)


def _road(match: re.Match[str]) -> str:
    if not _ROAD_BEFORE.search(match.string, max(0, match.start() - 30), match.start()):
        return match[0]
    return _ROADS[match[1]] + _stop(match)


def _stop(match: re.Match[str]) -> str:
    ends_sentence = match[0].endswith(".") and match.end() == len(match.string.rstrip("\"')"))
    return "." if ends_sentence else ""
