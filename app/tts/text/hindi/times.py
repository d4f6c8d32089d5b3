"""Dates, years and times of day of Hindi, which are not said like plain numbers."""

import re

from app.tts.text.hindi.letters import LETTER, WORD_END
from app.tts.text.hindi.numbers import cardinal, with_quarters, year
from app.tts.text.rules import Rule, apply_rules

_MONTHS = "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर"
MONTHS = _MONTHS.split()
OTHER_MONTHS = ["फरवरी", "सितम्बर", "अक्तूबर", "नवम्बर", "दिसम्बर"]
_PARTS_OF_DAY = ("सुबह", "शाम", "रात", "दोपहर", "तड़के")
_POSTPOSITIONS = (" से", " तक", " के", " का", " की", " पर")
_NUMBER_START = rf"(?<!{LETTER})(?<![.,/:+$€£₹-])(?<![$€£₹] )"
_NUMBER_END = r"(?![\d/%-]|\s%|[.,:]\d)"
_YEAR = r"1[1-9]\d\d"


def verbalize_times(text: str) -> str:
    """Return `text` with its times of day, and what is certainly a date or year, in words."""
    return apply_rules(text, _RULES)


def clock(hour: int, minute: int, second: int = 0) -> str:
    """Return a time of day in words: `साढ़े तीन बजे`, `पंद्रह बजकर दस मिनट`."""
    if minute % 15 == 0 and not second and (minute == 0 or 1 <= hour <= 12):
        hours = with_quarters(hour, minute // 15) if minute else cardinal(hour)
        if (hour, minute) == (12, 45):
            hours = with_quarters(0, 3)
        return f"{hours} बजे"
    words = f"{cardinal(hour)} बजकर {cardinal(minute)} मिनट"
    return f"{words} {cardinal(second)} सेकंड" if second else words


def date(day: int, month: int, its_year: int | None) -> str:
    """Return a date in words."""
    words = f"{cardinal(day)} {MONTHS[month - 1]}"
    return f"{words} {year(its_year)}" if its_year else words


def _time(match: re.Match[str]) -> str:
    groups = match.groupdict()
    hour, minute, second = (int(groups.get(part) or 0) for part in ("hour", "minute", "second"))
    after = groups["after"] or ""
    if hour > 24 or minute > 59 or second > 59:
        return match[0]
    if after.startswith("घंट"):
        return _duration(hour, minute)
    if after and after[0] in "AaPp":
        twelfth = hour % 12 or 12
        return _part_of_day(match, hour % 12, after[0]) + clock(twelfth, minute, second)
    words = clock(hour, minute, second)
    if not after or words.endswith("बजे") or match.string.startswith(_POSTPOSITIONS, match.end()):
        return words
    return f"{words} पर"


def _duration(hours: int, minutes: int) -> str:
    if hours and minutes in (15, 30, 45):
        return f"{with_quarters(hours, minutes // 15)} घंटे"
    return f"{cardinal(hours)} घंटे {cardinal(minutes)} मिनट"


def _part_of_day(match: re.Match[str], hour: int, half: str) -> str:
    """Return the part of the day that hour 0 to 11 of `half` is in, unless the text names it."""
    if match.string[max(0, match.start() - 8) : match.start()].rstrip().endswith(_PARTS_OF_DAY):
        return ""
    if half in "Aa":
        return "रात " if hour < 4 else "सुबह "
    return "दोपहर " if hour < 4 else "शाम " if hour < 8 else "रात "


def _padded_date(match: re.Match[str]) -> str:
    return date(int(match[1]), int(match[2]), None)


def _decade(match: re.Match[str]) -> str:
    number = int(match[1])
    if number < 60:  # seconds
        return match[0]
    return f"{year(number)} का दशक" if match.end() == len(match.string) else f"{year(number)} के दशक"


def _years(match: re.Match[str]) -> str:
    first, last = int(match[1]), int(match[2])
    if last > first:
        return f"{year(first)} से {year(last)}"
    if last <= first % 100 or last > 99:
        return match[0]
    # 2023-24 is one year, such as a school's; 1914-18 are several.
    join = " " if last == first % 100 + 1 else " से "
    return f"{year(first)}{join}{cardinal(last)}"


_month = "|".join(MONTHS + OTHER_MONTHS)
# Ranges come before the times at their ends, and times before years.
_RULES = (
    Rule(r"(?<![\d.,:])(\d\d?)\.([0-5]\d)(?= ?बजे)", r"\1:\2", "3.30 बजे -> 3:30 बजे"),
    Rule(r"(?<=\d:\d\d)\s?[-–]\s?(?=\d\d?:\d\d)", " से ", "10:30-11:30 -> 10:30 से 11:30"),
    Rule(
        r"(?<![\d:.,])(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?![\d:]|[.,]\d)"
        rf"(?:\s?(?P<after>बजे|घंटे|घंटा|घंटों|[AaPp]\.[Mm]\.|[AaPp][Mm]){WORD_END})?",
        _time,
        "3:30 बजे -> साढ़े तीन बजे",
        "3:10 बजे चलेगी -> तीन बजकर दस मिनट पर चलेगी",
        "2:30 घंटे -> ढाई घंटे",
        "3:30 PM -> दोपहर साढ़े तीन बजे",
    ),
    Rule(
        rf"(?<![\d:.,])(?P<hour>1[0-2]|[1-9])\s?(?P<after>[AaPp]\.[Mm]\.|[AaPp][Mm]){WORD_END}",
        _time,
        "9 AM को -> सुबह नौ बजे को",
        "सुबह 9 a.m. -> सुबह नौ बजे",
    ),
    # Not a fraction, because of its zero.
    Rule(
        r"(?<![\d./-])(3[01]|[12]\d|0?[1-9])/0([1-9])(?![\d./-])",
        _padded_date,
        "15/08 को -> पंद्रह अगस्त को",
    ),
    Rule(
        r"(?<![\w.,'])'?((?:1\d|20)?[2-9]0)'?s(?!\w)",
        _decade,
        "1990s के गाने -> उन्नीस सौ नब्बे के दशक के गाने",
        "यह '80s -> यह अस्सी का दशक",
    ),
    Rule(
        rf"{_NUMBER_START}({_YEAR}|20\d\d)\s?[-–]\s?({_YEAR}|20\d\d|\d\d){_NUMBER_END}(?!\w)",
        _years,
        "1914-1918 -> उन्नीस सौ चौदह से उन्नीस सौ अठारह",
        "2023-24 -> दो हज़ार तेईस चौबीस",
    ),
    Rule(
        rf"(?<!{LETTER})((?:सन्?|ईस्वी|वर्ष|साल|संवत|{_month}),? |\()"
        rf"({_YEAR}){_NUMBER_END}(?!{LETTER})",
        lambda match: match[1] + year(int(match[2])),
        "सन् 1947 में -> सन् उन्नीस सौ सैंतालीस में",
        "15 अगस्त, 1947 -> 15 अगस्त, उन्नीस सौ सैंतालीस",
        "गांधी (1869) -> गांधी (अठारह सौ उनहत्तर)",
    ),
    Rule(
        rf"{_NUMBER_START}({_YEAR})(?= ?(?:में|से|तक|के|की|का|ईस्वी|ईसवी|ईसा){WORD_END})",
        lambda match: year(int(match[1])),
        "1947 में -> उन्नीस सौ सैंतालीस में",
    ),
    Rule(r"(?<=बजे)-(?=\d\d? ?बजे)", " से ", "10 बजे-5 बजे -> 10 बजे से 5 बजे"),
    Rule(
        rf"(?<=\d) (?:{_month}) [-–—] \d{{1,2}} (?:{_month}){WORD_END}",
        lambda match: re.sub(" [-–—] ", " से ", match[0]),
        "5 मार्च - 8 मार्च -> 5 मार्च से 8 मार्च",
    ),
)
