"""Times of day and years of Hindi, which are said otherwise than plain numbers."""

import re

from app.tts.text.hindi.abbreviations import LETTER
from app.tts.text.hindi.numbers import cardinal, clock, with_quarters, year

_MONTHS = "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर"
MONTHS = _MONTHS.split()
OTHER_MONTHS = ["फरवरी", "सितम्बर", "अक्तूबर", "नवम्बर", "दिसम्बर"]

_WORD_END = rf"(?!{LETTER})"
_POINT_TIME = re.compile(r"(?<![\d.,:])(\d\d?)\.([0-5]\d)(?= ?बजे)")
_TIME_SPAN = re.compile(r"(?<=\d:\d\d)\s?[-–]\s?(?=\d\d?:\d\d)")
_TIME = re.compile(
    r"(?<![\d:.,])(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?![\d:]|[.,]\d)"
    rf"(?:\s?(?P<after>बजे|घंटे|घंटा|घंटों|[AaPp]\.[Mm]\.|[AaPp][Mm]){_WORD_END})?"
)
# 15/08, not a fraction because of its zero.
_PADDED_DATE = re.compile(r"(?<![\d./-])(3[01]|[12]\d|0?[1-9])/0([1-9])(?![\d./-])")
_DECADE = re.compile(r"(?<![\w.,'])'?((?:1\d|20)?[2-9]0)'?s(?!\w)")
_HALF_DAY_HOUR = re.compile(
    rf"(?<![\d:.,])(?P<hour>1[0-2]|[1-9])\s?(?P<after>[AaPp]\.[Mm]\.|[AaPp][Mm]){_WORD_END}"
)
_PARTS_OF_DAY = ("सुबह", "शाम", "रात", "दोपहर", "तड़के")
_POSTPOSITIONS = (" से", " तक", " के", " का", " की", " पर")

_NUMBER_START = rf"(?<!{LETTER})(?<![.,/:+$€£₹-])(?<![$€£₹] )"
_NUMBER_END = r"(?![\d/%-]|\s%|[.,:]\d)"
_YEAR = r"1[1-9]\d\d"
_YEARS = re.compile(
    rf"{_NUMBER_START}({_YEAR}|20\d\d)\s?[-–]\s?({_YEAR}|20\d\d|\d\d){_NUMBER_END}(?!\w)"
)
_YEAR_AFTER_WORD = re.compile(
    rf"(?<!{LETTER})((?:सन्?|ईस्वी|वर्ष|साल|संवत|{'|'.join(MONTHS + OTHER_MONTHS)}),? |\()"
    rf"({_YEAR}){_NUMBER_END}(?!{LETTER})"
)
_YEAR_BEFORE_WORD = re.compile(
    rf"{_NUMBER_START}({_YEAR})(?= ?(?:में|से|तक|के|की|का|ईस्वी|ईसवी|ईसा){_WORD_END})"
)


def write_out_times(text: str) -> str:
    """Return `text` with its times of day, and what is certainly a year, in words."""
    text = _TIME_SPAN.sub(" से ", _POINT_TIME.sub(r"\1:\2", text))
    text = _HALF_DAY_HOUR.sub(_time, _TIME.sub(_time, text))
    text = _PADDED_DATE.sub(lambda m: f"{cardinal(int(m[1]))} {MONTHS[int(m[2]) - 1]}", text)
    text = _DECADE.sub(_decade, text)
    text = _YEARS.sub(_years, text)
    text = _YEAR_AFTER_WORD.sub(lambda match: match[1] + year(int(match[2])), text)
    return _YEAR_BEFORE_WORD.sub(lambda match: year(int(match[1])), text)


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
    """Return how the hour, from 0, of a half of the day is introduced, unless it was before."""
    if match.string[max(0, match.start() - 8) : match.start()].rstrip().endswith(_PARTS_OF_DAY):
        return ""
    if half in "Aa":
        return "रात " if hour < 4 else "सुबह "
    return "दोपहर " if hour < 4 else "शाम " if hour < 8 else "रात "


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
