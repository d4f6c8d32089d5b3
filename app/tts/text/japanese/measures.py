"""Japanese money and measures: $5 as 5ドル, 10kg as 10キログラム."""

import re

from app.tts.text.japanese.numbers import NUMBER, NUMBER_START
from app.tts.text.rules import Rule, any_of


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
_CENTS = re.compile(r"([0-9]+)\.([0-9]{2})")


def _money(match: re.Match[str]) -> str:
    currency, amount = _MONEY[match[1]], match[2]
    if currency == "ドル" and (cents := _CENTS.fullmatch(amount.replace(",", ""))):
        return f"{cents[1]}ドル" + (f"{int(cents[2])}セント" if int(cents[2]) else "")
    return amount + currency


SPEEDS = (
    Rule(
        rf"(?:時速 ?)?{NUMBER_START}({NUMBER}) ?km/h(?![A-Za-z])",
        r"時速\1キロ",
        "60km/hで -> 時速60キロで",
        "時速60km/h -> 時速60キロ",
    ),
    Rule(
        rf"(?:[秒風]速 ?)?{NUMBER_START}({NUMBER}) ?m/s(?![A-Za-z])",
        r"秒速\1メートル",
        "風速 20m/s -> 秒速20メートル",
    ),
    Rule(rf"{NUMBER_START}({NUMBER}) ?°F(?![A-Za-z])", r"華氏\1度", "77°F -> 華氏77度"),
)
"""Rules for the units whose Japanese words come before the number."""

MEASURES = (
    Rule(
        rf"(?:US|NZ|HK|A|C)?([$¥\\€£₩₹]) ?({NUMBER})(?:円|ドル|-(?![0-9]))?",
        _money,
        "¥1980 -> 1980円",
        "US$5.50 -> 5ドル50セント",
        "¥500- -> 500円",
        "€3万 -> 3万ユーロ",
    ),
    Rule(r"(?<=[0-9万億]) ?([$¥€£])", lambda match: _MONEY[match[1]], "5万$ -> 5万ドル"),
    Rule(
        rf"(?<=[0-9万億兆]) ?({any_of(_UNITS)})(?![A-Za-z²³/]|[0-9](?![0-9]?[秒分]))",
        lambda match: _UNITS[match[1]],
        "10 kgの米 -> 10キログラムの米",
        "100m9秒 -> 100メートル9秒",
    ),
)
