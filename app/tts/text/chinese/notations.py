"""Reads dates, times, money, measures and other notations of numbers in Mandarin."""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TypeAlias

from app.tts.text.chinese.names import NAMES, read_telephone
from app.tts.text.chinese.numbers import COUNTED, integer
from app.tts.text.chinese.symbols import CURRENCIES, CURRENCY_SCALES, UNITS

_Match: TypeAlias = re.Match[str]
_Rules: TypeAlias = tuple[tuple[str, str | Callable[[_Match], str]], ...]


def read_notations(text: str) -> str:
    """Return `text` with its notations in words and plain numbers: 3:30 becomes 3点30分."""
    for pattern, spoken in _RULES:
        text = pattern.sub(spoken, text)
    return text


def _date(match: _Match) -> str:
    day = match["day"]
    return f"{match['year']}年{int(match['month'])}月" + (f"{int(day)}日" if day else "")


def _time(match: _Match) -> str:
    said, hour, minute, second, half = match.groups()
    if int(hour) > 24:
        return match.group()
    words = said or ({"a": "上午", "p": "下午"}[half.lower()] if half else "")
    words += f"{int(hour)}点"
    if minute and (int(minute) or second):
        words += (f"零{int(minute)}" if minute[0] == "0" else minute) + "分"
    return words + (f"{int(second)}秒" if second else "")


def _score(match: _Match) -> str:
    # A range goes up.
    return f"{match[1]}比{match[2]}" if int(match[1]) >= int(match[2]) else match[0]


def _money(match: _Match) -> str:
    def amount(number: _Match) -> str:
        value = Decimal(number.group()).scaleb(CURRENCY_SCALES.get(match["scale"], 0))
        return f"{value.normalize():f}"

    myriads = "" if match["scale"] in CURRENCY_SCALES else match["scale"]
    return re.sub(_NUMBER, amount, match["amount"]) + myriads + CURRENCIES[match["currency"]]


def _percent(match: _Match) -> str:
    if match.group() == "100%":
        return "百分之百"
    return {"%": "百分之", "‰": "千分之"}[match["sign"]] + match["amount"]


def _measure(match: _Match) -> str:
    amount, unit, per = match["amount"], UNITS[match["unit"]], UNITS.get(match["per"] or "")
    if match["minus"]:
        is_temperature = unit.endswith("氏度")
        if is_temperature:
            amount = re.sub("到(负?)", lambda to: "到零下" if to[1] else "到零上", amount)
        amount = ("零下" if is_temperature else "负") + amount
    if per in ("小时", "分钟", "秒"):
        return f"每{per}{amount}{unit}"
    return amount + unit + (f"每{per}" if per else "")


def _fraction(match: _Match) -> str:
    above, below = int(match["above"]), int(match["below"])
    if 1 <= below <= above <= 12:  # no speaker says a whole as a fraction
        return f"{above}月{below}日"
    return f"{below}分之{above}"


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_NUMBER = r"\d{1,40}(?:\.\d{1,40})?"
# Not the rest of a longer number: else a long run of digits would take quadratic time.
_START = r"(?<![\d.])"
_AMOUNT = rf"{_START}(?P<amount>{_NUMBER}(?:到负?{_NUMBER})?)"
_MINUS = "[-−]"
_DASH = "[-−–—~]"
_CURRENCY = rf"(?P<currency>{_any_of(CURRENCIES)})"
_UNIT = _any_of(UNITS)
_NO_LETTER = r"(?![A-Za-z\d²³])"
_MONTH = r"(?P<month>1[0-2]|0?[1-9])"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])"
_HALF_DAY = r"(?: ?([AaPp])\.?[Mm](?![A-Za-z])\.?)"
_SAID_HALF_DAY = "((?:[上下中]午|早上|晚上|凌晨|傍晚)?)"
_RATIO = r"(?:比分|比例|比率|配比)[为是:： ]{0,2}\d{1,3}"
_WON = r"\d{1,3} ?的?(?:比分|比例|大胜|战胜|击败|获胜|取胜|险胜|战平|领先|落后|负于|不敌)"
_STYLES = "音乐|金曲|老歌|风|复古|经典|怀旧|迪斯科|摇滚|电影|动画|时尚|女|男"
_SIGNED_DIGIT = rf"(?:{_any_of(CURRENCIES)})?\d"
_HAN = r"[\u4e00-\u9fff]"

_TIMES: _Rules = (
    # Decades: 1980s, 80s
    (rf"{_START}((?:1\d|20)\d0)'?s(?![A-Za-z\d])", r"\1年代"),
    (rf"{_START}([5-9]0)'?s(?= ?(?:{_STYLES}))", r"\1年代"),
    (r"(?:(?<=^)|(?<=the )|(?<=[、，和到]))([5-9]0)'?s(?=$|[、，。和到-])", r"\1年代"),
    # The model of a thing: iPhone 5s
    (r"(?<=[A-Za-z] )(\d{1,2})s(?![A-Za-z\d])", lambda match: f"{integer(match[1])} s"),
    (rf"{_START}(?P<year>\d{{4}})([-/.]){_MONTH}\2{_DAY}(?:T(?=\d)|(?!\d))", _date),
    (rf"{_START}(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])(?P<day>)(?![-\d])", _date),
    (rf"({_RATIO})[:：-](?=\d)", r"\1比"),
    (rf"{_START}(\d{{1,3}})[:：-](?={_WON})", r"\1比"),
    (
        rf"{_SAID_HALF_DAY}(?<![\d:：.])(\d{{1,2}})[:：]([0-5]\d)(?:[:：]([0-5]\d))?"
        rf"{_HALF_DAY}?(?![\d:：])",
        _time,
    ),
    (rf"{_SAID_HALF_DAY}{_START}(\d{{1,2}})()(){_HALF_DAY}", _time),
    (r"(?<=\d) ?[:：] ?(?=\d)(?!\d{4}年)", "比"),
)
_ARITHMETIC: _Rules = (
    (rf"(?<=\d) ?{_MINUS} ?(?={_NUMBER} ?=)", "减"),
    (
        rf"(?<![A-Za-z\d.:第-])(\d{{1,3}})-(\d{{1,3}})"
        rf"(?![-\d.℃%‰°$¥]| ?(?:{_UNIT}|{COUNTED}|[月日号楼栋层单室级]))",
        _score,
    ),
    (r"(?<=\d) ?[xX*×] ?(?=\d)", "乘"),
    (rf"{_START}(?P<number>\d{{1,20}}(?:-\d{{1,20}}){{2,9}})(?![\d.])", read_telephone),
    (rf"(?<=\d)({_HAN}{{1,2}}|[%‰]|{_UNIT}|) ?{_DASH} ?(?=第?{_MINUS}?{_SIGNED_DIGIT})", r"\1到"),
    (r"([周期][一二三四五六日天])[-—~](?=[周星一二三四五六日])", r"\1到"),
    (rf"(?<![A-Za-z\d)%]){_MINUS}(?={_SIGNED_DIGIT})", "负"),
    (rf"(?<![A-Za-z\d)%])\+(?={_NUMBER} ?[%‰℃°])|(?<![\w)])\+(?=\d)", "正"),
    (r"(?<=\d0)\+(?=[\u4e00-\u9fff])", "多"),
    (r"[~≈](?=\d)", "约"),
)
_AMOUNTS: _Rules = (
    (rf"{_CURRENCY} ?{_AMOUNT} ?(?P<scale>万亿|[万亿]|[KkMB](?![A-Za-z])|)", _money),
    (rf"{_AMOUNT} ?(?P<scale>[万亿]|){_CURRENCY}{_NO_LETTER}", _money),
    (rf"{_AMOUNT} ?(?P<sign>[%‰])", _percent),
    (
        rf"(?P<minus>负?){_AMOUNT} ?(?P<unit>{_UNIT})(?:/(?P<per>{_UNIT}))?{_NO_LETTER}",
        _measure,
    ),
    (rf"负(?={_NUMBER}(?:到{_NUMBER})?度)", "零下"),
    (r"(?<![\d./])(?P<above>\d{1,9})/(?P<below>\d{1,9})(?![\d./])", _fraction),
    (rf"(?<=[元块])/({_UNIT}){_NO_LETTER}", lambda match: "每" + UNITS[match[1]]),
)
_THOUSANDS = r"(?<![\d,，.])\d{1,3}(?:(?:,\d{3}){1,12}|(?:，\d{3}){1,12})(?!\d|[,，]\d)"
_RULES = tuple(
    (re.compile(pattern), spoken)
    for pattern, spoken in (
        (_THOUSANDS, lambda match: re.sub("[,，]", "", match[0])),
        *NAMES,
        *_TIMES,
        *_ARITHMETIC,
        *_AMOUNTS,
    )
)
