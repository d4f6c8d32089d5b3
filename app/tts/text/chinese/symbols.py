"""How a speaker of Mandarin says signs, and the names of currencies and units."""

import re
import unicodedata

CURRENCIES = {
    "¥": "元", "CN¥": "元", "RMB": "元人民币", "CNY": "元人民币", "$": "美元",
    "US$": "美元", "USD": "美元",
    "€": "欧元", "EUR": "欧元", "£": "英镑", "GBP": "英镑", "JPY": "日元", "HK$": "港元",
    "HKD": "港元", "NT$": "元新台币", "TWD": "元新台币", "₩": "韩元", "KRW": "韩元", "₽": "卢布",
    "₹": "卢比", "฿": "泰铢",
}  # fmt: skip
"""Signs and codes of currencies, which Mandarin says after the amount."""

CURRENCY_SCALES = {"K": 3, "k": 3, "M": 6, "B": 9}
"""Powers of ten that English writes after an amount of money."""

UNITS = {
    "km": "公里", "m": "米", "cm": "厘米", "mm": "毫米", "μm": "微米", "um": "微米", "nm": "纳米",
    "km²": "平方公里", "km2": "平方公里", "m²": "平方米", "m2": "平方米", "cm²": "平方厘米",
    "m³": "立方米", "m3": "立方米", "cm³": "立方厘米", "kg": "公斤", "g": "克", "mg": "毫克",
    "μg": "微克", "t": "吨", "L": "升", "l": "升", "ml": "毫升", "mL": "毫升", "h": "小时",
    "min": "分钟", "s": "秒", "s²": "二次方秒", "ms": "毫秒", "Hz": "赫兹", "kHz": "千赫",
    "MHz": "兆赫", "GHz": "吉赫", "W": "瓦", "kW": "千瓦", "MW": "兆瓦", "kWh": "千瓦时",
    "V": "伏", "mA": "毫安", "mAh": "毫安时", "dB": "分贝", "Pa": "帕", "kPa": "千帕",
    "hPa": "百帕", "MPa": "兆帕", "cal": "卡", "kcal": "千卡", "lb": "磅", "oz": "盎司",
    "ft": "英尺", "mmHg": "毫米汞柱", "mph": "英里每小时", "°C": "摄氏度", "°F": "华氏度",
    "Ω": "欧姆", "kΩ": "千欧", "MΩ": "兆欧", "°": "度", "′": "分", "″": "秒",
    "℃": "摄氏度", "℉": "华氏度",
}  # fmt: skip
"""Units after a number. Not A, G, K or M alone, which are mostly names: A4, 5G, 4K."""

_SIGNS = {
    "&": "和", "@": "艾特", "+": "加", "=": "等于", "≈": "约等于", "≠": "不等于", "≤": "小于等于",
    "≥": "大于等于", "×": "乘", "÷": "除以", "−": "减", "±": "正负", "√": "根号", "∞": "无穷大",
    "%": "百分号", "‰": "千分号", "#": "井号", "/": "斜杠", "\\": "反斜杠", "*": "星号",
    "²": "平方", "³": "立方", "°": "度", "→": "到", "©": "版权", "®": "注册商标", "™": "商标",
    "$": "美元", "¥": "元", "€": "欧元", "£": "英镑", "№": "第", "~": " ", "<": " ", ">": " ",
    "^": " ", "_": " ", "|": " ", "`": " ",
}  # fmt: skip
"""Signs that are left over; those that nobody says separate words."""
_GREEK_NAMES = """
    阿尔法 贝塔 伽马 德尔塔 艾普西隆 泽塔 伊塔 西塔 约塔 卡帕 兰姆达 缪
    纽 克西 奥密克戎 派 柔 西格马 陶 宇普西隆 斐 希 普西 欧米伽
"""
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχψω",
        _GREEK_NAMES.split(),
        strict=True,
    )
)
# Alone, not in a word of Greek.
_GREEK_LETTER = re.compile(
    "(?<![\u0370-\u03ff\u1f00-\u1fff])[Α-Ωα-ω](?![\u0370-\u03ff\u1f00-\u1fff])"
)
_POWER = re.compile(r"⁻[⁰¹²³⁴-⁹]{1,9}|[⁰¹²³⁴-⁹]{2,9}|[⁰¹⁴-⁹]")
_HAN = r"[\u4e00-\u9fff]"
_BETWEEN_WORDS = tuple(
    (re.compile(pattern), spoken)
    for pattern, spoken in (
        (rf"(?<=[元块角分次个人米里斤克升吨杯位条瓶张秒\d])/(?={_HAN})", "每"),
        (rf"(?<={_HAN})/(?={_HAN})|(?<=\d)/(?=\d)", "，"),
        (r"(?<=[A-Za-z]) ?& ?(?=[A-Za-z])", " and "),
        (r"(?<=[A-Za-z])/(?=[A-Za-z])", " "),
        (r"\^(\d{1,9})", r"的\1次方"),
        (r"(?<=\d)(?=[²³](?![⁰¹²³⁴-⁹]))", "的"),
        (r"(?<=\d)#", "号"),
        (r"<(?= ?[\d负])", "小于"),
        (r">(?= ?[\d负])", "大于"),
    )
)
_SIGN_NAMES = str.maketrans(_SIGNS)

# What is usual in Chinese text, and what a rule reads.
_LEFT_ALONE = "，！？；：（）…№′″℃℉"
_UNUSUAL = re.compile(rf"[^\x00-\x7f\u4e00-\u9fff{_LEFT_ALONE}]")
_COMPOSED = (
    "<compat>", "<wide>", "<square>", "<circle>", "<font>", "<sub>", "<fraction>", "<small>"
)  # fmt: skip


def plain_characters(text: str) -> str:
    """Return `text` with fullwidth, circled, squared and foreign digits and letters as ASCII."""
    return _UNUSUAL.sub(_plain, text)


def read_signs(text: str) -> str:
    """Say the signs of `text`, in which those of notations have been said."""
    for pattern, spoken in _BETWEEN_WORDS:
        text = pattern.sub(spoken, text)
    text = _GREEK_LETTER.sub(lambda match: _GREEK.get(match[0].lower(), match[0]), text)
    return _POWER.sub(_power, text).translate(_SIGN_NAMES)


def _plain(match: re.Match[str]) -> str:
    """Return the usual form of a fullwidth, circled or squared character."""
    character = match.group()
    if unicodedata.category(character) in ("Nd", "Nl"):  # any script's digits, Roman numerals
        return f"{unicodedata.numeric(character):.0f}"
    if unicodedata.decomposition(character).split(" ")[0] not in _COMPOSED:
        return character
    plain = unicodedata.normalize("NFKC", character)
    before = match.string[match.start() - 1 : match.start()]
    above, slash, below = plain.partition("\N{FRACTION SLASH}")
    if slash and above and below:
        return ("又" if before.isdecimal() else "") + f"{below}分之{above}"
    if plain.isdecimal() and before.isdigit() and not before.isdecimal():  # ①②
        return "、" + plain
    return character if plain.startswith(" ") else plain


def _power(match: re.Match[str]) -> str:
    return "的" + unicodedata.normalize("NFKC", match.group()).replace("−", "负") + "次方"
