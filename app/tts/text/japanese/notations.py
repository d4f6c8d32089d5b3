"""Rewrites notations in Japanese text as a speaker would write them out: 3:30 as 3時30分."""

import re

from app.tts.text.japanese.hyphens import read_hyphens, read_telephones
from app.tts.text.japanese.numbers import read_digits, read_number

UNIT = r"(?:[十百千]?[万億兆](?![博能引一])|[百千](?![葉代歳貨合科]))"
"""Kanji numerals that multiply the digits before them: 3億."""

NUMBER = rf"[0-9]+(?:\.[0-9]+)?(?:{UNIT}(?:[0-9]+(?:\.[0-9]+)?))*{UNIT}?"
"""ASCII digits with a decimal point and kanji numerals: 1980 or 1億2000万."""


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in text.split())


_MONEY = {
    "$": "ドル",
    "¥": "円",
    "\\": "円",
    "€": "ユーロ",
    "£": "ポンド",
    "₩": "ウォン",
    "₹": "ルピー",
}
_UNITS = _pairs(
    "mm=ミリメートル cm=センチメートル km=キロメートル m=メートル μm=マイクロメートル "
    "nm=ナノメートル mg=ミリグラム g=グラム kg=キログラム t=トン ml=ミリリットル mL=ミリリットル "
    "dl=デシリットル dL=デシリットル L=リットル l=リットル kl=キロリットル kL=キロリットル "
    "cc=シーシー ha=ヘクタール m²=平方メートル km²=平方キロメートル cm²=平方センチメートル "
    "m2=平方メートル km2=平方キロメートル m³=立方メートル cm³=立方センチメートル m3=立方メートル "
    "°C=度 °=度 %=パーセント ‰=パーミル KB=キロバイト kB=キロバイト MB=メガバイト GB=ギガバイト "
    "TB=テラバイト PB=ペタバイト kbps=キロビーピーエス Mbps=メガビーピーエス "
    "Gbps=ギガビーピーエス fps=エフピーエス Hz=ヘルツ kHz=キロヘルツ MHz=メガヘルツ "
    "GHz=ギガヘルツ W=ワット kW=キロワット MW=メガワット Wh=ワットアワー kWh=キロワットアワー "
    "mAh=ミリアンペアアワー V=ボルト dB=デシベル hPa=ヘクトパスカル cal=カロリー "
    "kcal=キロカロリー px=ピクセル pt=ポイント ft=フィート ms=ミリ秒 min=分 h=時間 "
    "Ω=オーム kΩ=キロオーム MΩ=メガオーム μg=マイクログラム"
)
_UNIT_SIGNS = "|".join(re.escape(sign) for sign in sorted(_UNITS, key=len, reverse=True))
_SPOKEN_IN_ENGLISH = {
    "2D": "ツーディー",
    "3D": "スリーディー",
    "3G": "スリージー",
    "4G": "フォージー",
    "5G": "ファイブジー",
    "4K": "ヨンケー",
    "8K": "ハチケー",
    "F1": "Fワン",
    "MP3": "MPスリー",
    "MP4": "MPフォー",
    "100均": "ヒャッキン",
    "1R": "ワンルーム",
    "1K": "ワンケー",
    "1DK": "ワンディーケー",
    "2DK": "ニーディーケー",
    "3DK": "サンディーケー",
    "1LDK": "ワンエルディーケー",
    "2LDK": "ニーエルディーケー",
    "3LDK": "サンエルディーケー",
}
_EMERGENCIES = {"110": "ヒャクトーバン", "119": "ヒャクジューキューバン"}
_DAY = "(3[01]|[12][0-9]|0?[1-9])"
_MONTH = "(1[0-2]|0?[1-9])"
_WEEKDAY = r"\(([月火水木金土日])(?:・?祝)?\)"
_HALF_DAYS = {"a": "午前", "p": "午後", "前": "午前", "後": "午後"}

# Without it a long number would be read again from each of its digits.
_NUMBER_START = "(?<![0-9.万億兆千百])"
# 1,980, and the 5,000 of 3万5,000.
_GROUPED = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9]|,[0-9])")
_YEAR_MONTH_DAY = re.compile(rf"(?<![0-9])([12][0-9]{{3}})([/.-]){_MONTH}\2{_DAY}(?![0-9])")
_YEAR_MONTH = re.compile(rf"(?<![0-9/])([12][0-9]{{3}})/{_MONTH}(?![0-9/])")
_TIME = re.compile(
    r"(?:(?<![A-Za-z])([AaPp])\.?[Mm]\.? ?|午([前後]) ?)?"
    r"(?<![0-9:.])([01]?[0-9]|2[0-9]):([0-5][0-9])(?::([0-5][0-9]))?(?![0-9:])"
    r"(?: ?([AaPp])\.?[Mm](?![A-Za-z])\.?)?"
)
_SLASHED = re.compile(rf"(?<![0-9/.])([0-9]{{1,4}})/([0-9]{{1,4}})(?![0-9/])(?: ?{_WEEKDAY})?")
_REWRITES = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        # As 日 would be the end of a word, not of a date, before them.
        (rf"(?<=日) ?{_WEEKDAY}", r"\1曜日"),
        (r"(?<=[0-9])ー(?=[0-9])", "-"),
        (r"〒 ?", "郵便番号 "),
        (r"一日中", " イチニチジュー "),
        # Years of middle and high school.
        (r"(?<![一-鿿])中(?=[1-3](?![0-9]))", "チュー "),
        (r"(?<![一-鿿])高(?=[1-3](?![0-9]))", "コー "),
        (r"(?<![A-Za-z])No\.? ?(?=[0-9])", "ナンバー "),
        (r"(?<![A-Za-z])[Vv]ol\.? ?(?=[0-9])", "ボリューム "),
        (r"(?<![A-Za-z])[Vv]er\.? ?(?=[0-9])", "バージョン "),
        (r"#(?=[0-9])", "ナンバー "),
        ("(?<=[0-9万億兆])分の(?=[0-9])", "ブンノ"),
        # Of batting averages and discounts.
        ("(?<=[0-9]割)([0-9])分", lambda match: f" {read_number(match[1])}ブ "),
        ("(震度 ?[56])強", r"\1 キョー"),
        ("(震度 ?[56])弱", r"\1 ジャク"),
        # Hundredths, as of a runner.
        (
            "(?<=[0-9]秒)([0-9]{2})(?![0-9.,個人本回件分秒])",
            lambda match: f" {read_digits(match[1])} ",
        ),
        # Decades: 1990s, 80s
        ("(?<![0-9A-Za-z.])((?:1[0-9]|20)[0-9]0|[5-9]0)'?s(?![0-9A-Za-z])", r"\1年代"),
        # Floors.
        ("(?<![0-9A-Za-z.])B([1-9])F(?![0-9A-Za-z])", r"地下\1階"),
        (r"(?<![0-9A-Za-z.,])([1-9][0-9]?)F(?![0-9A-Za-z])", r"\1階"),
        (
            "(?<![0-9.,])(11[09])(?:番(?![号目地線])|(?=[にへ](?:電話|通報|連絡)|通報))",
            lambda match: f" {_EMERGENCIES[match[1]]} ",
        ),
        (rf"(?:時速 ?)?{_NUMBER_START}({NUMBER}) ?km/h(?![A-Za-z])", r"時速\1キロ"),
        (rf"(?:[秒風]速 ?)?{_NUMBER_START}({NUMBER}) ?m/s(?![A-Za-z])", r"秒速\1メートル"),
        (rf"{_NUMBER_START}({NUMBER}) ?°F(?![A-Za-z])", r"華氏\1度"),
        (r"(?<=[0-9]) - (?=[0-9])|(?<=[0-9])-(?=[0-9]+ ?=)", " マイナス "),
        # ▲ is the minus of accounts.
        (r"(?<![0-9A-Za-zァ-ヿ)\]_-])-(?=[0-9¥$€£])|[▲△](?=[0-9])", " マイナス "),
        (r"(?<=[A-Za-z])-(?=[0-9])|'(?=[0-9])", " "),
        (r"\+(?=[0-9])", " プラス "),
        (r"(?<=[0-9]) ?[:対] ?(?=[0-9])", " タイ "),
        (r"(?<=[0-9]) ?[×x*] ?(?=[0-9])", " カケル "),
        (r"(?<=[0-9]) ?÷ ?(?=[0-9])", " ワル "),
        (r"(?<=[0-9.])\.(?=[0-9]+\.[0-9])|(?<=\.[0-9])\.(?=[0-9])", " テン "),
    )
]
_PREFIXED_MONEY = re.compile(rf"(?:US|NZ|HK|A|C)?([$¥\\€£₩₹]) ?({NUMBER})(?:円|ドル|-(?![0-9]))?")
_SUFFIXED_MONEY = re.compile(r"(?<=[0-9万億]) ?([$¥€£])")
_CENTS = re.compile(r"([0-9]+)\.([0-9]{2})")
_MEASURE = re.compile(rf"(?<=[0-9万億兆]) ?({_UNIT_SIGNS})(?![A-Za-z²³/]|[0-9](?![0-9]?[秒分]))")
_ENGLISH = re.compile(rf"(?<![0-9A-Za-z])(?:{'|'.join(_SPOKEN_IN_ENGLISH)})(?![0-9A-Za-z])")


def rewrite_notations(text: str) -> str:
    """Rewrite telephone numbers, dates, times, money, measures and sums of Japanese text.

    What it reads out is in katakana; other numbers stay digits.
    """
    text = _GROUPED.sub(lambda match: match.group().replace(",", ""), text)
    text = read_telephones(text)
    text = _YEAR_MONTH_DAY.sub(lambda match: f"{match[1]}年{_month_day(match[3], match[4])}", text)
    text = _YEAR_MONTH.sub(lambda match: f"{match[1]}年{int(match[2])}月", text)
    text = _TIME.sub(_time, text)
    text = _SLASHED.sub(_slashed, text)
    text = _ENGLISH.sub(lambda match: _SPOKEN_IN_ENGLISH[match.group()], text)
    text = read_hyphens(text)
    for pattern, replacement in _REWRITES:
        text = pattern.sub(replacement, text)
    text = _PREFIXED_MONEY.sub(_money, text)
    text = _SUFFIXED_MONEY.sub(lambda match: _MONEY[match[1]], text)
    return _MEASURE.sub(lambda match: _UNITS[match[1]], text)


def _month_day(month: str, day: str) -> str:
    return f"{int(month)}月{int(day)}日"


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
        return f" {read_number(str(second))}ブンノ {first}"
    return match.group()


def _money(match: re.Match[str]) -> str:
    currency, amount = _MONEY[match[1]], match[2]
    if currency == "ドル" and (cents := _CENTS.fullmatch(amount.replace(",", ""))):
        return f"{cents[1]}ドル" + (f"{int(cents[2])}セント" if int(cents[2]) else "")
    return amount + currency
