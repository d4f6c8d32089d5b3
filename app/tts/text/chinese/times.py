"""Dates, times of day, decades and ratios of Mandarin: 3:30 becomes 3点30分."""

import re

from app.tts.text.chinese.numbers import cardinal
from app.tts.text.rules import Rule

# Not the rest of a longer number: a long run of digits would take quadratic time.
_START = r"(?<![\d.])"
_MONTH = r"(?P<month>1[0-2]|0?[1-9])"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])"
_HALF_DAY = r"(?: ?([AaPp])\.?[Mm](?![A-Za-z])\.?)"
_SAID_HALF_DAY = "((?:[上下中]午|早上|晚上|凌晨|傍晚)?)"
_RATIO = r"(?:比分|比例|比率|配比)[为是:： ]{0,2}\d{1,3}"
_WON = r"\d{1,3} ?的?(?:比分|比例|大胜|战胜|击败|获胜|取胜|险胜|战平|领先|落后|负于|不敌)"
_STYLES = "音乐|金曲|老歌|风|复古|经典|怀旧|迪斯科|摇滚|电影|动画|时尚|女|男"


def _date(match: re.Match[str]) -> str:
    day = match["day"]
    return f"{match['year']}年{int(match['month'])}月" + (f"{int(day)}日" if day else "")


def _time(match: re.Match[str]) -> str:
    said, hour, minute, second, half = match.groups()
    if int(hour) > 24:
        return match.group()
    words = said or ({"a": "上午", "p": "下午"}[half.lower()] if half else "")
    words += f"{int(hour)}点"
    if minute and (int(minute) or second):
        words += (f"零{int(minute)}" if minute[0] == "0" else minute) + "分"
    return words + (f"{int(second)}秒" if second else "")


# Applied before addresses, as it looks like a version.
DOTTED_DATE = Rule(
    r"(?<![A-Za-z\d./-])(\d{4})\.(0?[1-9]|1[0-2])\.(3[01]|[12]\d|0?[1-9])(?![A-Za-z\d.-])",
    r"\1年\2月\3日",
    "于2024.4.1发布 -> 于2024年4月1日发布",
)
# Ratios have a colon, too: those that words mark come before times, the others after.
TIMES = (
    # Decades.
    Rule(rf"{_START}((?:1\d|20)\d0)'?s(?![A-Za-z\d])", r"\1年代", "1980s -> 1980年代"),
    Rule(rf"{_START}([5-9]0)'?s(?= ?(?:{_STYLES}))", r"\1年代", "80s音乐 -> 80年代音乐"),
    Rule(
        r"(?:(?<=^)|(?<=the )|(?<=[、，和到]))([5-9]0)'?s(?=$|[、，。和到-])",
        r"\1年代",
        "80s和90s。 -> 80年代和90年代。",
        "the 60s -> the 60年代",
    ),
    # The name of a product.
    Rule(
        r"(?<=[A-Za-z] )(\d{1,2})s(?![A-Za-z\d])",
        lambda match: f"{cardinal(match[1])} s",
        "iPhone 5s -> iPhone 五 s",
    ),
    Rule(
        rf"{_START}(?P<year>\d{{4}})([-/.]){_MONTH}\2{_DAY}(?:T(?=\d)|(?!\d))",
        _date,
        "2024-04-01 -> 2024年4月1日",
        "2024/4/1T8 -> 2024年4月1日8",
    ),
    Rule(
        rf"{_START}(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])(?P<day>)(?![-\d])",
        _date,
        "2024-04 -> 2024年4月",
    ),
    Rule(rf"({_RATIO})[:：-](?=\d)", r"\1比", "比分是3:2 -> 比分是3比2"),
    Rule(rf"{_START}(\d{{1,3}})[:：-](?={_WON})", r"\1比", "以21:15获胜 -> 以21比15获胜"),
    Rule(
        rf"{_SAID_HALF_DAY}(?<![\d:：.])(\d{{1,2}})[:：]([0-5]\d)(?:[:：]([0-5]\d))?"
        rf"{_HALF_DAY}?(?![\d:：])",
        _time,
        "3:30 -> 3点30分",
        "晚上8：05 -> 晚上8点零5分",
        "9:00:30 AM -> 上午9点零0分30秒",
    ),
    Rule(rf"{_SAID_HALF_DAY}{_START}(\d{{1,2}})()(){_HALF_DAY}", _time, "5pm见 -> 下午5点见"),
    Rule(r"(?<=\d) ?[:：] ?(?=\d)(?!\d{4}年)", "比", "16:9 -> 16比9"),
)
