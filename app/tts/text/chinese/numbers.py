"""Writes out numbers as a speaker of Mandarin reads them."""

import re

DIGITS = "零一二三四五六七八九"
# Over the telephone "one" is yao, because yi is too like qi, "seven".
TELEPHONE_DIGITS = DIGITS.replace("一", "幺")

_LONGEST_QUANTITY = 16
"""Digits; nobody counts beyond a thousand million million."""

_MYRIADS = ("", "万", "亿", "万")

COUNTED = (
    "[个位名只条张本件次天夜晚周岁种家间台部辆座杯瓶碗双对份人国米里斤升克吨寸尺亩顷百千万亿"
    "倍成折元块角毛秒刻度点大场句段篇首幅颗粒枚根支把套副批群页字步口道项起笔处轮头匹架艘"
    "列节顿片滴串束朵棵株面扇剂室厅卫回遍届箱盒袋包桶盘壶勺瓦伏赫焦帕磅卡]"
    "|年(?!级)|分(?!之)|时(?!代)|小时|星期|[美欧日港韩]元|新台币|卢布|卢比|泰铢|公[里斤升顷吨尺]"
    "|英[里尺寸镑]|[厘毫微纳]米|毫[克升安]|平方|立方|摄氏度|华氏度|兆赫|吉赫|分贝|盎司"
)
"""A regular expression of what is counted, after which "two" is 两 and not 二."""
_NUMBER = r"\d+(?:\.\d+)?"
_TWO_OF_SOMETHING = re.compile(
    rf"(?<![\d.第点零负之周期A-Za-z])(?<!第\d、)2(?=(?:[到、]{_NUMBER})?(?:{COUNTED}))"
)

_DIGIT_BY_DIGIT = re.compile(
    r"(?<![\d.])(?:"
    # Round numbers of years may be a time span.
    r"(?!1000|\d\d00年(?:前|来|间|的?历史))(?:1\d|20)\d\d(?=年)"
    r"|(?:1[5-9]|20)\d\d(?=到(?:1[5-9]|20)\d\d(?:年|(?!\d|\.|" + COUNTED + r")))"
    r"|(?<=到)(?:1[5-9]|20)\d\d(?!\d|\.|" + COUNTED + r")"
    r"|(?:19|20)\d\d(?=[款版届级]|赛季|学年|财年|奥运|世界杯|春晚)"
    r"|\d\d(?=年\d{1,2}月)"
    r"|[05-9][05](?=后(?!来|天|面|退))"
    r"|(?<=\d米)\d\d(?![\d.厘])"  # someone's height
    r")|(?<=公元)\d{3,4}(?=年)|(?<=公元前)\d{3,4}(?=年)"
)
# The model of a machine, the number of a train.
_CODE = re.compile(
    rf"(?<=[A-Za-z])(?:-?(\d{{3,}})(?![\d.])|(?<=[A-Z]) (\d{{3,}})(?![\d.]|{COUNTED}))"
)
_HYPHEN = re.compile(r"(?<=[A-Za-z])-(?=\d)")
_PADDED_DATE = re.compile(r"(?<!\d)0([1-9])(?=月|日)")
_QUANTITY = re.compile(r"\d+(?:\.\d+)*")


_TWO_AND_DECIMALS = re.compile(
    rf"(?<![\d.第点零负之周期A-Za-z])2\.(\d{{1,40}})(?=(?:到{_NUMBER})?(?![千百万亿])(?:{COUNTED}))"
)


def digit_by_digit(digits: str, names: str = DIGITS) -> str:
    """Return the names of ASCII digits one after the other."""
    return "".join(names[int(digit)] for digit in digits)


def integer(digits: str) -> str:
    """Return a whole number in words; digit by digit with a leading zero or over 16 digits."""
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


def read_numbers(text: str) -> str:
    """Write out every number in `text`, whose only signs within a number are decimal points."""
    text = _PADDED_DATE.sub(r"\1", text)
    text = _DIGIT_BY_DIGIT.sub(lambda match: digit_by_digit(match.group()), text)
    text = _CODE.sub(lambda match: digit_by_digit(match[1] or match[2], TELEPHONE_DIGITS), text)
    text = _HYPHEN.sub(" ", text)
    text = _TWO_AND_DECIMALS.sub(lambda match: f"两点{digit_by_digit(match[1])}", text)
    text = _TWO_OF_SOMETHING.sub("两", text)
    return _QUANTITY.sub(_quantity, text)


def _quantity(match: re.Match[str]) -> str:
    whole, *decimals = match.group().split(".")
    read = integer if len(decimals) < 2 else digit_by_digit  # the parts of a version are digits
    return "点".join([read(whole), *map(digit_by_digit, decimals)])
