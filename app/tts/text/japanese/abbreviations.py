"""Abbreviations and names of Japanese that digits are a part of: No.1, 3LDK, B1F."""

from app.tts.text.rules import Rule, any_of

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

NAMES = (
    Rule(
        rf"(?<![0-9A-Za-z])(?:{any_of(_SPOKEN_IN_ENGLISH)})(?![0-9A-Za-z])",
        lambda match: _SPOKEN_IN_ENGLISH[match[0]],
        "5Gの時代 -> ファイブジーの時代",
        "2LDKの部屋 -> ニーエルディーケーの部屋",
    ),
)
ABBREVIATIONS = (
    # A long vowel's sign that is meant for a hyphen.
    Rule(r"(?<=[0-9])ー(?=[0-9])", "-", "3ー5 -> 3-5"),
    Rule(r"〒 ?", "郵便番号 ", "〒123 -> 郵便番号 123"),
    Rule(r"一日中", " イチニチジュー ", "一日中雨 ->  イチニチジュー 雨"),
    # Years of middle and high school.
    Rule(r"(?<![一-鿿])中(?=[1-3](?![0-9]))", "チュー ", "中2の春 -> チュー 2の春"),
    Rule(r"(?<![一-鿿])高(?=[1-3](?![0-9]))", "コー ", "高3の夏 -> コー 3の夏"),
    Rule(r"(?<![A-Za-z])No\.? ?(?=[0-9])", "ナンバー ", "No.1 -> ナンバー 1"),
    Rule(r"(?<![A-Za-z])[Vv]ol\.? ?(?=[0-9])", "ボリューム ", "Vol. 2 -> ボリューム 2"),
    Rule(r"(?<![A-Za-z])[Vv]er\.? ?(?=[0-9])", "バージョン ", "Ver.2 -> バージョン 2"),
    Rule(r"#(?=[0-9])", "ナンバー ", "#5 -> ナンバー 5"),
)
FLOORS = (
    Rule("(?<![0-9A-Za-z.])B([1-9])F(?![0-9A-Za-z])", r"地下\1階", "B1Fへ -> 地下1階へ"),
    Rule(r"(?<![0-9A-Za-z.,])([1-9][0-9]?)F(?![0-9A-Za-z])", r"\1階", "3F会議室 -> 3階会議室"),
)
