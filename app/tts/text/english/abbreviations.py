"""English abbreviations in full."""

import re

from app.tts.text.markup import PLACEHOLDERS
from app.tts.text.rules import Rule, any_of, apply_rules

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
"""Titles and names of places, before a name."""

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
"""Roads, after a name."""

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
"""Numbered things, before their number."""

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
"""Titles that are not words otherwise, and so need no full stop."""

_NAME = rf"(?=[A-Z{PLACEHOLDERS}])"
_ROAD_BEFORE = re.compile(r"(?:[A-Z][a-z'-]+|\d+(?:st|nd|rd|th)) $")


def verbalize_abbreviations(text: str) -> str:
    """Write out abbreviations; a full stop that also ends the sentence stays."""
    return apply_rules(text, _RULES)


def _initials(match: re.Match[str]) -> str:
    if match[0] in _ANYWHERE:
        return match[0]
    return match[0].replace(".", "") + _stop(match)


def _road(match: re.Match[str]) -> str:
    if not _ROAD_BEFORE.search(match.string, max(0, match.start() - 30), match.start()):
        return match[0]
    return _ROADS[match[1]] + _stop(match)


def _stop(match: re.Match[str]) -> str:
    """Return the full stop of an abbreviation that also ends the sentence."""
    ends_sentence = match[0].endswith(".") and match.end() == len(match.string.rstrip("\"')"))
    return "." if ends_sentence else ""


# Roads come before titles: both have St. and Dr., and only a road follows a name.
_RULES = (
    Rule(
        r"(?<![\w.])(?:[A-Z]\.){2,6}(?!\w)",
        _initials,
        "the U.S. and the U.K. -> the US and the UK.",
    ),
    Rule(
        rf"(?<![\w.])(?:{any_of(_ANYWHERE)})(?!\w)",
        lambda m: _ANYWHERE[m[0]] + _stop(m),
        "cats, e.g. mine, etc. -> cats, for example mine, et cetera.",
        "coffee w/ milk -> coffee with milk",
    ),
    Rule(
        r"(?<=\w )vs?(?= [A-Z0-9])|(?<=\w )vs(?= \w)",
        "versus",
        "Roe v Wade -> Roe versus Wade",
        "cats vs dogs -> cats versus dogs",
    ),
    Rule(
        rf"(?<![\w.])({'|'.join(_NUMBERED)})\. ?(?=\d)|#(?=\d)",
        lambda m: _NUMBERED.get(m[1], "number") + " ",
        "see fig. 2, p.7 -> see figure 2, page 7",
        "we are #1 -> we are number 1",
    ),
    Rule(
        rf"(?<=[\w)] )({'|'.join(_ROADS)})(\.(?! [A-Z][a-z]+ (?:St|Ave|Rd))|(?=[,;]|$| and ))",
        _road,
        "on Baker St. -> on Baker Street.",
        "5th Ave and Elm Dr, NY -> 5th Avenue and Elm Drive, NY",
    ),
    Rule(
        rf"(?<![\w.])(?:({'|'.join(_TITLES)})\.|({'|'.join(_LONELY_TITLES)})) {_NAME}",
        lambda m: _TITLES[m[1] or m[2]] + " ",
        "Gen. Lee and St. John -> General Lee and Saint John",
        "Mr Brown and Dr Who -> Mister Brown and Doctor Who",
    ),
)
