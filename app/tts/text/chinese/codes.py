"""Numbers that are names in Mandarin: of telephones, rooms and days."""

import re

from app.tts.text.chinese.numbers import COUNTED, TELEPHONE_DIGITS, digit_by_digit
from app.tts.text.rules import Rule

# Not the rest of a longer number: a long run of digits would take quadratic time.
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


def _telephone(match: re.Match[str]) -> str:
    """Return the digits of the group `number` one by one, with a pause between its parts."""
    groups = re.findall(r"\d+", match["number"])
    if len(groups[-1]) == 11 and groups[-1][0] == "1":
        groups[-1:] = [groups[-1][:3], groups[-1][3:7], groups[-1][7:]]
    words = "，".join(digit_by_digit(group, TELEPHONE_DIGITS) for group in groups)
    return ("加" if match["number"][0] == "+" else "") + words


def _numbered(match: re.Match[str]) -> str:
    return match["name"] + _telephone(match)


def _digits(match: re.Match[str]) -> str:
    return re.sub(r"\d+", lambda number: digit_by_digit(number[0], TELEPHONE_DIGITS), match[0])


def _named_day(match: re.Match[str]) -> str:
    return "十一" if match[0] == "10·1" else digit_by_digit(match[1] + match[2])


CODES = (
    Rule(
        rf"{_START}(?P<number>\+\d{{1,3}}(?:[- ]?\d{{2,11}})(?:[- ]\d{{2,8}}){{0,3}})",
        _telephone,
        "+86 138 1234 5678 -> 加八六，幺三八，幺二三四，五六七八",
    ),
    Rule(
        rf"{_START}(?P<number>1[3-9]\d(?:\d{{8}}|([- ])\d{{4}}\2\d{{4}}))(?!\d)",
        _telephone,
        "13812345678 -> 幺三八，幺二三四，五六七八",
        "138-1234-5678 -> 幺三八，幺二三四，五六七八",
    ),
    Rule(
        rf"{_START}(?P<number>0\d{{2,3}}[- ]\d{{7,8}})(?!\d)",
        _telephone,
        "010-12345678 -> 零幺零，幺二三四五六七八",
    ),
    Rule(
        rf"{_START}(?P<number>[48]00-\d{{3,4}}-\d{{3,4}})(?!\d)",
        _telephone,
        "400-820-8820 -> 四零零，八二零，八八二零",
    ),
    # 120 may be a score: 打120分.
    Rule(
        rf"(?:拨?打了?|拨通?了?|叫了?){_EMERGENCY}"
        rf"(?:[、或和]{_EMERGENCY}){{0,3}}(?![\d.%]|{COUNTED})",
        _digits,
        "拨打110或120 -> 拨打幺幺零或幺二零",
    ),
    Rule(
        rf"(?P<name>(?:{_NUMBERED})[号码为是:： ]{{0,4}})"
        r"(?P<number>\d{3,20}(?:-\d{2,20}){0,5})(?![\d.])",
        _numbered,
        "尾号1234 -> 尾号幺二三四",
        "密码是：8086 -> 密码是：八零八六",
    ),
    Rule(rf"{_START}{_EMERGENCY}(?={_RESCUE})", _digits, "119火警 -> 幺幺九火警"),
    Rule(
        rf"{_START}(?:100(?:86|10)(?!\d)|(?:10000|12\d{{3}}|95\d{{3}})(?={_SERVICE}))",
        _digits,
        "打10086查 -> 打幺零零八六查",
        "12306订票 -> 幺二三零六订票",
    ),
    Rule(rf"{_START}\d{{3,4}}(?={_ROOM})", _digits, "301会议室 -> 三零幺会议室"),
    # Days and things that are named by their digits.
    Rule(rf"{_START}3\.15(?=晚会|曝光|消费)", "三一五", "3.15晚会 -> 三一五晚会"),
    Rule(rf"{_START}(5|10)\.1(?=假期|长假|劳动节|国庆|黄金周)", r"\1·1", "10.1长假 -> 10·1长假"),
    Rule(r"(?<![A-Za-z])N95(?![\d.])", "N九五", "N95口罩 -> N九五口罩"),
    Rule(
        rf"{_START}\d(?:-\d){{2,4}}(?![\d.-])",
        lambda match: digit_by_digit(match[0][::2]),
        "4-4-2阵型 -> 四四二阵型",
    ),
    # Blood pressure.
    Rule(
        rf"{_START}(\d{{2,3}})/(\d{{2,3}})(?= ?(?:mmHg|毫米汞柱))",
        r"\1，\2",
        "120/80mmHg -> 120，80mmHg",
    ),
    Rule(rf"{_START}24/7(?![\d/])", "二十四七", "24/7营业 -> 二十四七营业"),
    Rule(
        r"(?<!\d)(\d{1,2})·(\d{1,2})(?!\d)",
        _named_day,
        "9·11事件 -> 九一一事件",
        "10·1长假 -> 十一长假",
    ),
)
SERIES = (
    Rule(
        rf"{_START}(?P<number>\d{{1,20}}(?:-\d{{1,20}}){{2,9}})(?![\d.])",
        _telephone,
        "978-7-02 -> 九七八，七，零二",
    ),
)
"""The rule for other numbers with more than one hyphen."""
