"""Money, percentages, measures and fractions of Mandarin."""

import re
from decimal import Decimal

from app.tts.text.rules import Rule, any_of

CURRENCIES = {
    "¥": "元", "CN¥": "元", "RMB": "元人民币", "CNY": "元人民币", "$": "美元",
    "US$": "美元", "USD": "美元",
    "€": "欧元", "EUR": "欧元", "£": "英镑", "GBP": "英镑", "JPY": "日元", "HK$": "港元",
    "HKD": "港元", "NT$": "元新台币", "TWD": "元新台币", "₩": "韩元", "KRW": "韩元", "₽": "卢布",
    "₹": "卢比", "฿": "泰铢",
}  # fmt: skip
"""Words for the signs and codes of currencies, which Mandarin says after the amount."""

CURRENCY_SCALES = {"K": 3, "k": 3, "M": 6, "B": 9}
"""Powers of ten by their letters after an amount of money in English."""

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
"""Words for units. Not A, G, K or M alone, which are mostly names: A4, 5G, 4K."""

NUMBER = r"\d{1,40}(?:\.\d{1,40})?"
# Not the rest of a longer number: a long run of digits would take quadratic time.
_AMOUNT = rf"(?<![\d.])(?P<amount>{NUMBER}(?:到负?{NUMBER})?)"
CURRENCY = any_of(CURRENCIES)
UNIT = any_of(UNITS)
_NO_LETTER = r"(?![A-Za-z\d²³])"


def _money(match: re.Match[str]) -> str:
    def amount(number: re.Match[str]) -> str:
        value = Decimal(number.group()).scaleb(CURRENCY_SCALES.get(match["scale"], 0))
        return f"{value.normalize():f}"

    myriads = "" if match["scale"] in CURRENCY_SCALES else match["scale"]
    return re.sub(NUMBER, amount, match["amount"]) + myriads + CURRENCIES[match["currency"]]


def _percent(match: re.Match[str]) -> str:
    if match.group() == "100%":
        return "百分之百"
    return {"%": "百分之", "‰": "千分之"}[match["sign"]] + match["amount"]


def _measure(match: re.Match[str]) -> str:
    amount, unit, per = match["amount"], UNITS[match["unit"]], UNITS.get(match["per"] or "")
    if match["minus"]:
        is_temperature = unit.endswith("氏度")
        if is_temperature:
            amount = re.sub("到(负?)", lambda to: "到零下" if to[1] else "到零上", amount)
        amount = ("零下" if is_temperature else "负") + amount
    if per in ("小时", "分钟", "秒"):
        return f"每{per}{amount}{unit}"
    return amount + unit + (f"每{per}" if per else "")


def _fraction(match: re.Match[str]) -> str:
    above, below = int(match["above"]), int(match["below"])
    if 1 <= below <= above <= 12:  # no speaker says a whole as a fraction
        return f"{above}月{below}日"
    return f"{below}分之{above}"


# Money comes before units, which some currencies begin like.
MEASURES = (
    Rule(
        rf"(?P<currency>{CURRENCY}) ?{_AMOUNT} ?(?P<scale>万亿|[万亿]|[KkMB](?![A-Za-z])|)",
        _money,
        "¥3.50 -> 3.5元",
        "$1.5B -> 1500000000美元",
        "€3到5万 -> 3到5万欧元",
    ),
    Rule(
        rf"{_AMOUNT} ?(?P<scale>[万亿]|)(?P<currency>{CURRENCY}){_NO_LETTER}",
        _money,
        "20万USD -> 20万美元",
    ),
    Rule(
        rf"{_AMOUNT} ?(?P<sign>[%‰])",
        _percent,
        "3到5% -> 百分之3到5",
        "2‰ -> 千分之2",
        "100% -> 百分之百",
    ),
    Rule(
        rf"(?P<minus>负?){_AMOUNT} ?(?P<unit>{UNIT})(?:/(?P<per>{UNIT}))?{_NO_LETTER}",
        _measure,
        "5 km -> 5公里",
        "60km/h -> 每小时60公里",
        "5mg/L -> 5毫克每升",
        "负3到5℃ -> 零下3到零上5摄氏度",
    ),
    Rule(rf"负(?={NUMBER}(?:到{NUMBER})?度)", "零下", "负5度 -> 零下5度"),
    Rule(
        r"(?<![\d./])(?P<above>\d{1,9})/(?P<below>\d{1,9})(?![\d./])",
        _fraction,
        "1/2 -> 2分之1",
        "5/1放假 -> 5月1日放假",
    ),
    Rule(
        rf"(?<=[元块])/({UNIT}){_NO_LETTER}",
        lambda match: "每" + UNITS[match[1]],
        "5元/kg -> 5元每公斤",
    ),
)
