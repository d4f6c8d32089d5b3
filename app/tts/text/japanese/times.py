"""Japanese dates and times: 3:30 as 3時30分, 4月1日 as シガツ ツイタチ."""

import re

from app.tts.text.japanese.counters import verbalize_count
from app.tts.text.japanese.numbers import verbalize_number
from app.tts.text.rules import Rule

_DAY = "(3[01]|[12][0-9]|0?[1-9])"
_MONTH = "(1[0-2]|0?[1-9])"
_HALF_DAYS = {"a": "午前", "p": "午後", "前": "午前", "後": "午後"}
_WEEKDAY = r"\(([月火水木金土日])(?:・?祝)?\)"


def date(month: int, day: int) -> str:
    """Return a day of the year in katakana."""
    return f"{verbalize_count(str(month), '月')} {day_of_month(day)}"


def day_of_month(day: int) -> str:
    """Return a day of the month in katakana; 1日 is ツイタチ there, イチニチ elsewhere."""
    return "ツイタチ" if day == 1 else verbalize_count(str(day), "日")


def _year_month_day(match: re.Match[str]) -> str:
    return f"{match[1]}年{int(match[3])}月{int(match[4])}日"


def _time(match: re.Match[str]) -> str:
    before, kanji, hour, minute, second, after = match.groups()
    half_day = _HALF_DAYS.get((before or kanji or after or "").lower(), "")
    minutes = f"{int(minute)}分" if int(minute) or second else ""
    seconds = f"{int(second)}秒" if second else ""
    return f"{half_day}{int(hour)}時{minutes}{seconds}"


def _slashed(match: re.Match[str]) -> str:
    first, second, weekday = int(match[1]), int(match[2]), match[3]
    is_day = 1 <= first <= 12 and 1 <= second <= 31
    # 3/4 is a fraction but 8/15 and 4/1 are days.
    if is_day and (weekday or first >= second or (second > 10 and first > 1)):
        return f"{first}月{second}日" + (f"{weekday}曜日" if weekday else "")
    if first < second and not weekday:
        return f" {verbalize_number(str(second))}ブンノ {first}"
    return match.group()


# Dates of three numbers come before those of two.
DATES_AND_TIMES = (
    Rule(
        rf"(?<![0-9])([12][0-9]{{3}})([/.-]){_MONTH}\2{_DAY}(?![0-9])",
        _year_month_day,
        "2024/4/1に -> 2024年4月1日に",
        "2024-04-20 -> 2024年4月20日",
    ),
    Rule(
        rf"(?<![0-9/])([12][0-9]{{3}})/{_MONTH}(?![0-9/])",
        lambda match: f"{match[1]}年{int(match[2])}月",
        "2024/04発売 -> 2024年4月発売",
    ),
    Rule(
        r"(?:(?<![A-Za-z])([AaPp])\.?[Mm]\.? ?|午([前後]) ?)?"
        r"(?<![0-9:.])([01]?[0-9]|2[0-9]):([0-5][0-9])(?::([0-5][0-9]))?(?![0-9:])"
        r"(?: ?([AaPp])\.?[Mm](?![A-Za-z])\.?)?",
        _time,
        "3:30に -> 3時30分に",
        "9:05 PM -> 午後9時5分",
        "午前 8:00:30 -> 午前8時0分30秒",
        "AM 10:00から -> 午前10時から",
    ),
    Rule(
        rf"(?<![0-9/.])([0-9]{{1,4}})/([0-9]{{1,4}})(?![0-9/])(?: ?{_WEEKDAY})?",
        _slashed,
        "8/15まで -> 8月15日まで",
        "4/1(月)から -> 4月1日月曜日から",
        "1/2になる ->  ニブンノ 1になる",
    ),
    # Before a bracket, 日 would be taken for the end of a word rather than of a date.
    Rule(rf"(?<=日) ?{_WEEKDAY}", r"\1曜日", "14日(土) -> 14日土曜日"),
)
DECADES = (
    Rule(
        "(?<![0-9A-Za-z.])((?:1[0-9]|20)[0-9]0|[5-9]0)'?s(?![0-9A-Za-z])",
        r"\1年代",
        "1990sの曲 -> 1990年代の曲",
        "80's -> 80年代",
    ),
)
DAYS = (
    Rule(
        "([0-9]{1,2})月 ?([0-9]{1,2})日(?![間目])",
        lambda match: f" {date(int(match[1]), int(match[2]))} ",
        "4月20日に ->  シガツ ハツカ に",
    ),
    Rule(
        "(?<=月) ?0?1日(?![間目中])|(?<![0-9.,])1日(?=付|[、(]|未明|[朝夜])",
        f" {day_of_month(1)} ",
        "来月1日に -> 来月 ツイタチ に",
        "1日未明 ->  ツイタチ 未明",
    ),
)
"""Rules for days with 月 and 日, after all rules that write days like this."""
