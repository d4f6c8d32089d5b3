"""Rewrites notations in Japanese text as a speaker would write them out: 3:30 as 3時30分."""

import re

from app.tts.text.japanese.numbers import read_digits, read_number

UNIT = r"(?:[十百千]?[万億兆](?![博能引一])|[百千](?![葉代歳貨合科]))"
"""Kanji numerals that multiply the digits before them: 3億."""

NUMBER = (
    r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
    rf"(?:{UNIT}(?:[0-9]+(?:\.[0-9]+)?))*{UNIT}?"
)
"""ASCII digits with commas, a decimal point and kanji numerals: 1,980 or 1億2000万."""


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
    "kcal=キロカロリー px=ピクセル pt=ポイント ft=フィート ms=ミリ秒 min=分 h=時間"
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
    "110番": "ヒャクトーバン",
    "100均": "ヒャッキン",
    "1LDK": "ワンエルディーケー",
    "2LDK": "ニーエルディーケー",
    "3LDK": "サンエルディーケー",
    "119番": "ヒャクジューキューバン",
}
_DAY = "(3[01]|[12][0-9]|0?[1-9])"
_MONTH = "(1[0-2]|0?[1-9])"
_WEEKDAY = r"\(([月火水木金土日])(?:・?祝)?\)"
_HALF_DAYS = {"a": "午前", "p": "午後", "前": "午前", "後": "午後"}

# Without it a long number would be read again from each of its digits.
_NUMBER_START = "(?<![0-9.万億兆千百])(?<![0-9],)"
_TELEPHONE = re.compile(
    r"(?<![0-9.,-])(?:\+[0-9]{1,3}(?:[- ][0-9]{1,4}){2,4}"
    r"|\(?0[0-9]{1,4}(?:\)[ -]?|[-(])[0-9]{1,4}[-)][0-9]{3,4}"
    r"|[0-9]{4}(?:[- ][0-9]{4}){3}|[0-9]{3}-[0-9]{4})(?![0-9-])"
)
_YEAR_MONTH_DAY = re.compile(rf"(?<![0-9])([12][0-9]{{3}})([/.-]){_MONTH}\2{_DAY}(?![0-9])")
_YEAR_MONTH = re.compile(rf"(?<![0-9/])([12][0-9]{{3}})/{_MONTH}(?![0-9/])")
_TIME = re.compile(
    r"(?:(?<![A-Za-z])([AaPp])\.?[Mm]\.? ?|午([前後]) ?)?"
    r"(?<![0-9:.])([01]?[0-9]|2[0-9]):([0-5][0-9])(?::([0-5][0-9]))?(?![0-9:])"
    r"(?: ?([AaPp])\.?[Mm](?![A-Za-z])\.?)?"
)
_SLASHED = re.compile(rf"(?<![0-9/.])([0-9]{{1,4}})/([0-9]{{1,4}})(?![0-9/])(?: ?{_WEEKDAY})?")
_HYPHENATED = re.compile(r"(?<![0-9A-Za-z-])[0-9]{1,9}(?:-[0-9]{1,9}){1,9}(?![0-9A-Za-z-])")
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
        (r"#(?=[0-9])", "ナンバー "),
        (r"([0-9]{1,9})分の(?=[0-9])", lambda match: f" {read_number(match[1])}ブンノ "),
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
_MEASURE = re.compile(rf"(?<=[0-9万億兆]) ?({_UNIT_SIGNS})(?![A-Za-z0-9²³/])")
_ENGLISH = re.compile(rf"(?<![0-9A-Za-z])(?:{'|'.join(_SPOKEN_IN_ENGLISH)})(?![0-9A-Za-z])")


def rewrite_notations(text: str) -> str:
    """Rewrite telephone numbers, dates, times, money, measures and sums of Japanese text.

    What it reads out is in katakana; other numbers stay digits.
    """
    text = _TELEPHONE.sub(_telephone, text)
    text = _YEAR_MONTH_DAY.sub(lambda match: f"{match[1]}年{_month_day(match[3], match[4])}", text)
    text = _YEAR_MONTH.sub(lambda match: f"{match[1]}年{int(match[2])}月", text)
    text = _TIME.sub(_time, text)
    text = _SLASHED.sub(_slashed, text)
    text = _ENGLISH.sub(lambda match: _SPOKEN_IN_ENGLISH[match.group()], text)
    text = _HYPHENATED.sub(_hyphenated, text)
    for pattern, replacement in _REWRITES:
        text = pattern.sub(replacement, text)
    text = _PREFIXED_MONEY.sub(_money, text)
    text = _SUFFIXED_MONEY.sub(lambda match: _MONEY[match[1]], text)
    return _MEASURE.sub(lambda match: _UNITS[match[1]], text)


def _telephone(match: re.Match[str]) -> str:
    plus = " プラス " if match.group().startswith("+") else " "
    groups = re.findall("[0-9]+", match.group())
    return plus + " の ".join(read_digits(group) for group in groups) + " "


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


def _hyphenated(match: re.Match[str]) -> str:
    groups = match.group().split("-")
    rest = match.string[match.end() : match.end() + 3]
    if len(groups) == 2:
        if rest.startswith("=") or rest.startswith(" ="):
            return match.group()
        if re.match("[年月日時分秒人個本回歳円件台枚度階倍週名%]|k[mg]|キロ", rest):
            return f"{groups[0]}から{groups[1]}"
        if re.match("で?[勝敗]|の[勝敗]|で引", rest):
            return f"{groups[0]} タイ {groups[1]}"
    if any(len(group) > 3 or group[0] == "0" for group in groups):
        return " " + " の ".join(read_digits(group) for group in groups) + " "
    return " の ".join(groups)


def _money(match: re.Match[str]) -> str:
    currency, amount = _MONEY[match[1]], match[2]
    if currency == "ドル" and (cents := _CENTS.fullmatch(amount.replace(",", ""))):
        return f"{cents[1]}ドル" + (f"{int(cents[2])}セント" if int(cents[2]) else "")
    return amount + currency
