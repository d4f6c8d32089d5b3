"""Reads dates, times, money, measures and other notations of numbers in Mandarin."""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TypeAlias

from app.tts.text.chinese.numbers import TELEPHONE_DIGITS, digit_by_digit
from app.tts.text.chinese.symbols import CURRENCIES, CURRENCY_SCALES, UNITS

_Match: TypeAlias = re.Match[str]
_Rules: TypeAlias = tuple[tuple[str, str | Callable[[_Match], str]], ...]


def read_notations(text: str) -> str:
    """Return `text` with its notations in words and plain numbers: 3:30 becomes 3点30分."""
    for pattern, spoken in _RULES:
        text = pattern.sub(spoken, text)
    return text


def _telephone(match: _Match) -> str:
    groups = re.findall(r"\d+", match["number"])
    if len(groups[-1]) == 11 and groups[-1][0] == "1":
        groups[-1:] = [groups[-1][:3], groups[-1][3:7], groups[-1][7:]]
    words = "，".join(digit_by_digit(group, TELEPHONE_DIGITS) for group in groups)
    return ("加" if match["number"][0] == "+" else "") + words


def _numbered(match: _Match) -> str:
    return match["name"] + _telephone(match)


def _named_day(match: _Match) -> str:
    return digit_by_digit(match[1] + match[2])


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
        amount = ("零下" if unit.endswith("氏度") else "负") + amount
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
_AMOUNT = rf"{_START}(?P<amount>{_NUMBER}(?:到{_NUMBER})?)"
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
_NUMBERED = (
    "身份证|拨打|致电|电话|热线|手机|号码|微信|邮编|密码|验证码|编号|学号|工号|账号|卡号|房间|报警"
    "|波音|空客"
)
_SIGNED_DIGIT = rf"(?:{_any_of(CURRENCIES)})?\d"
_HAN = r"[\u4e00-\u9fff]"

_NAMES: _Rules = (
    (rf"{_START}(?P<number>\+\d{{1,3}}(?:[- ]?\d{{2,11}})(?:[- ]\d{{2,8}}){{0,3}})", _telephone),
    (rf"{_START}(?P<number>1[3-9]\d(?:\d{{8}}|([- ])\d{{4}}\2\d{{4}}))(?!\d)", _telephone),
    (rf"{_START}(?P<number>0\d{{2,3}}[- ]\d{{7,8}})(?!\d)", _telephone),
    (rf"{_START}(?P<number>[48]00-\d{{3,4}}-\d{{3,4}})(?!\d)", _telephone),
    (
        rf"(?P<name>(?:{_NUMBERED})[号码为是:： ]{{0,4}})"
        r"(?P<number>\d{3,20}(?:-\d{2,20}){0,5})(?![\d.])",
        _numbered,
    ),
    (r"(?<!\d)(\d{1,2})·(\d{1,2})(?!\d)", _named_day),
)
_TIMES: _Rules = (
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
    (r"(?<=\d) ?[xX*×] ?(?=\d)", "乘"),
    (rf"{_START}(?P<number>\d{{1,20}}(?:-\d{{1,20}}){{2,9}})(?![\d.])", _telephone),
    (rf"(?<=\d)({_HAN}{{1,2}}|[%‰]|{_UNIT}|) ?{_DASH} ?(?=第?{_MINUS}?{_SIGNED_DIGIT})", r"\1到"),
    (r"([周期][一二三四五六日天])[-—~](?=[周星一二三四五六日])", r"\1到"),
    (rf"(?<![A-Za-z\d)%]){_MINUS}(?={_SIGNED_DIGIT})", "负"),
    (r"(?<![\w)])\+(?=\d)", "正"),
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
_THOUSANDS = r"(?<![\d,])\d{1,3}(?:,\d{3}){1,12}(?![\d,])"
_RULES = tuple(
    (re.compile(pattern), spoken)
    for pattern, spoken in (
        (_THOUSANDS, lambda match: match[0].replace(",", "")),
        *_NAMES,
        *_TIMES,
        *_ARITHMETIC,
        *_AMOUNTS,
    )
)
