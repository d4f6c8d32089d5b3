"""Reads numbers that are names: of telephones, rooms and days."""

import re
from collections.abc import Callable
from typing import TypeAlias

from app.tts.text.chinese.numbers import COUNTED, TELEPHONE_DIGITS, digit_by_digit

_Match: TypeAlias = re.Match[str]


def read_telephone(match: _Match) -> str:
    """Return the digits of a match's group `number` one by one, a pause between its parts."""
    groups = re.findall(r"\d+", match["number"])
    if len(groups[-1]) == 11 and groups[-1][0] == "1":
        groups[-1:] = [groups[-1][:3], groups[-1][3:7], groups[-1][7:]]
    words = "，".join(digit_by_digit(group, TELEPHONE_DIGITS) for group in groups)
    return ("加" if match["number"][0] == "+" else "") + words


def _numbered(match: _Match) -> str:
    return match["name"] + read_telephone(match)


def _digits(match: _Match) -> str:
    return re.sub(r"\d+", lambda number: digit_by_digit(number[0], TELEPHONE_DIGITS), match[0])


def _named_day(match: _Match) -> str:
    return "十一" if match[0] == "10·1" else digit_by_digit(match[1] + match[2])


# Not the rest of a longer number: else a long run of digits would take quadratic time.
_START = r"(?<![\d.])"
_NUMBERED = (
    "身份证|拨打|致电|电话|热线|手机|号码|微信|邮编|密码|验证码|编号|学号|工号|账号|卡号|房间|报警"
    "|波音|空客|尾号|QQ群?"
)
# Of the police, directory enquiries, the fire brigade, the ambulance and the traffic police.
_EMERGENCY = r"1(?:10|14|19|20|22)(?!\d)"
_RESCUE = "急救|火警|报警|救护|消防|指挥|接警|出警|民警|电话|热线|调度|中心"
_SERVICE = "号?(?:订票|热线|客服|平台|投诉|服务|网)"
_ROOM = "号?房间|会议室|教室|病房|宿舍|包厢|包间|室(?!外)"

NAMES: tuple[tuple[str, str | Callable[[_Match], str]], ...] = (
    (
        rf"{_START}(?P<number>\+\d{{1,3}}(?:[- ]?\d{{2,11}})(?:[- ]\d{{2,8}}){{0,3}})",
        read_telephone,
    ),
    (rf"{_START}(?P<number>1[3-9]\d(?:\d{{8}}|([- ])\d{{4}}\2\d{{4}}))(?!\d)", read_telephone),
    (rf"{_START}(?P<number>0\d{{2,3}}[- ]\d{{7,8}})(?!\d)", read_telephone),
    (rf"{_START}(?P<number>[48]00-\d{{3,4}}-\d{{3,4}})(?!\d)", read_telephone),
    # 120 may be a score: 打120分.
    (
        rf"(?:拨?打了?|拨通?了?|叫了?){_EMERGENCY}"
        rf"(?:[、或和]{_EMERGENCY}){{0,3}}(?![\d.%]|{COUNTED})",
        _digits,
    ),
    (
        rf"(?P<name>(?:{_NUMBERED})[号码为是:： ]{{0,4}})"
        r"(?P<number>\d{3,20}(?:-\d{2,20}){0,5})(?![\d.])",
        _numbered,
    ),
    (rf"{_START}{_EMERGENCY}(?={_RESCUE})", _digits),
    (rf"{_START}(?:100(?:86|10)(?!\d)|(?:10000|12\d{{3}}|95\d{{3}})(?={_SERVICE}))", _digits),
    (rf"{_START}\d{{3,4}}(?={_ROOM})", _digits),
    # Days and things that are called by their digits.
    (rf"{_START}3\.15(?=晚会|曝光|消费)", lambda match: "三一五"),
    (rf"{_START}(5|10)\.1(?=假期|长假|劳动节|国庆|黄金周)", r"\1·1"),
    (r"(?<![A-Za-z])N95(?![\d.])", lambda match: "N九五"),
    (rf"{_START}\d(?:-\d){{2,4}}(?![\d.-])", lambda match: digit_by_digit(match[0][::2])),
    # Blood pressure
    (rf"{_START}(\d{{2,3}})/(\d{{2,3}})(?= ?(?:mmHg|毫米汞柱))", r"\1，\2"),
    (rf"{_START}24/7(?![\d/])", lambda match: "二十四七"),
    (r"(?<!\d)(\d{1,2})·(\d{1,2})(?!\d)", _named_day),
)
"""Regular expressions of them, with what says them; in this order."""
