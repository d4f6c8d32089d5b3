"""Numbers as speakers of Mandarin say them."""

import re

from app.tts.text.rules import Rule

DIGITS = "零一二三四五六七八九"
# Over the telephone "one" is yao, because yi is too like qi, "seven".
TELEPHONE_DIGITS = DIGITS.replace("一", "幺")

_LONGEST_QUANTITY = 16
"""Most digits of a quantity: longer numbers are not said as quantities."""

_MYRIADS = ("", "万", "亿", "万")

COUNTED = (
    "[个位名只条张本件次天夜晚周岁种家间台部辆座杯瓶碗双对份人国米里斤升克吨寸尺亩顷百千万亿"
    "倍成折元块角毛秒刻度点大场句段篇首幅颗粒枚根支把套副批群页字步口道项起笔处轮头匹架艘"
    "列节顿片滴串束朵棵株面扇剂室厅卫回遍届箱盒袋包桶盘壶勺瓦伏赫焦帕磅卡]"
    "|年(?!级)|分(?!之)|时(?!代)|小时|星期|[美欧日港韩]元|新台币|卢布|卢比|泰铢|公[里斤升顷吨尺]"
    "|英[里尺寸镑]|[厘毫微纳]米|毫[克升安]|平方|立方|摄氏度|华氏度|兆赫|吉赫|分贝|盎司"
)
"""A regular expression of things that are counted, before which "two" is 两 and not 二."""
_NUMBER = r"\d+(?:\.\d+)?"
_NOT_AFTER = r"(?<![\d.第点零负之周期A-Za-z])"
"""Nothing before a 2 that makes it an ordinal, a day of the week or a part of a name."""


def digit_by_digit(digits: str, names: str = DIGITS) -> str:
    """Return the names of ASCII digits, one by one."""
    return "".join(names[int(digit)] for digit in digits)


def cardinal(digits: str) -> str:
    """Return a whole number in words; digit by digit if it starts with 0 or has over 16 digits."""
    if len(digits) > _LONGEST_QUANTITY or (digits[0] == "0" and len(digits) > 1):
        return digit_by_digit(digits)
    if digits == "0":
        return DIGITS[0]
    first = len(digits) % 4 or 4
    groups = [
        digits[:first],
        *(digits[start : start + 4] for start in range(first, len(digits), 4)),
    ]
    words = ""
    for group, myriad in zip(groups, reversed(_MYRIADS[: len(groups)]), strict=True):
        if int(group):
            gap = words and group[0] == "0"
            words += (DIGITS[0] if gap else "") + _below_ten_thousand(int(group)) + myriad
        elif myriad == "亿":
            words += myriad
    if words.startswith("一十"):
        words = words[1:]
    # Grammars ask for 两 only at the head of a number: 两万, 三万二千.
    return "两" + words[1:] if words[0] == "二" and words[1:2] in tuple("百千万亿") else words


def _below_ten_thousand(number: int) -> str:
    words, gap = "", False
    for value, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // value % 10
        if digit:
            words += (DIGITS[0] if gap and words else "") + DIGITS[digit] + unit
        gap = not digit
    return words


def _quantity(match: re.Match[str]) -> str:
    whole, *decimals = match.group().split(".")
    say = cardinal if len(decimals) < 2 else digit_by_digit  # the parts of a version are digits
    return "点".join([say(whole), *map(digit_by_digit, decimals)])


def _code(match: re.Match[str]) -> str:
    return digit_by_digit(match[1] or match[2], TELEPHONE_DIGITS)


PLAIN_NUMERALS = (
    Rule(
        r"(?<![\d,，.])\d{1,3}(?:(?:,\d{3}){1,12}|(?:，\d{3}){1,12})(?!\d|[,，]\d)",
        lambda match: re.sub("[,，]", "", match[0]),
        "1,234人 -> 1234人",
        "1，234，567人 -> 1234567人",
    ),
)
NUMBERS = (
    Rule(r"(?<!\d)0([1-9])(?=月|日)", r"\1", "04月01日 -> 4月1日"),
    # Years and the like, said digit by digit.
    Rule(
        r"(?<![\d.])(?:"
        # Round numbers of years may be a time span.
        r"(?!1000|\d\d00年(?:前|来|间|的?历史))(?:1\d|20)\d\d(?=年)"
        r"|(?:1[5-9]|20)\d\d(?=到(?:1[5-9]|20)\d\d(?:年|(?!\d|\.|" + COUNTED + r")))"
        r"|(?<=到)(?:1[5-9]|20)\d\d(?!\d|\.|" + COUNTED + r")"
        r"|(?:19|20)\d\d(?=[款版届级]|赛季|学年|财年|奥运|世界杯|春晚)"
        r"|\d\d(?=年\d{1,2}月)"
        r"|[05-9][05](?=后(?!来|天|面|退))"
        r"|(?<=\d米)\d\d(?![\d.厘])"  # someone's height
        r")|(?<=公元)\d{3,4}(?=年)|(?<=公元前)\d{3,4}(?=年)",
        lambda match: digit_by_digit(match[0]),
        "1998年 -> 一九九八年",
        "2019到2024年 -> 二零一九到二零二四年",
        "2022世界杯 -> 二零二二世界杯",
        "08年5月 -> 零八年5月",
        "90后 -> 九零后",
        "1米80 -> 1米八零",
        "公元前221年 -> 公元前二二一年",
        "公元618年 -> 公元六一八年",
    ),
    # The model of a machine, the number of a train.
    Rule(
        rf"(?<=[A-Za-z])(?:-?(\d{{3,}})(?![\d.])|(?<=[A-Z]) (\d{{3,}})(?![\d.]|{COUNTED}))",
        _code,
        "G102次 -> G幺零二次",
        "A-380 -> A三八零",
        "RTX 4090 -> RTX四零九零",
    ),
    Rule(r"(?<=[A-Za-z])-(?=\d)", " ", "GPT-4 -> GPT 4"),
    Rule(
        rf"{_NOT_AFTER}2\.(\d{{1,40}})(?=(?:到{_NUMBER})?(?![千百万亿])(?:{COUNTED}))",
        lambda match: f"两点{digit_by_digit(match[1])}",
        "2.5公斤 -> 两点五公斤",
    ),
    Rule(
        rf"{_NOT_AFTER}(?<!第\d、)2(?=(?:[到、]{_NUMBER})?(?:{COUNTED}))",
        "两",
        "2个苹果 -> 两个苹果",
        "2到3天 -> 两到3天",
    ),
    # Every other number; points are the only signs left in numbers and versions.
    Rule(
        r"\d+(?:\.\d+)*",
        _quantity,
        "105人 -> 一百零五人",
        "3.14 -> 三点一四",
        "10.2.1 -> 一零点二点一",
    ),
)
"""Rules for every number, after all other notations."""
