"""Puts words in the place of symbols in Japanese text."""

import re

_WORDS = {
    "&": "アンド",
    "@": "アットマーク",
    "+": "プラス",
    "=": "イコール",
    "%": "パーセント",
    "‰": "パーミル",
    "±": "プラスマイナス",
    "×": "カケル",
    "÷": "ワル",
    "≠": "ノットイコール",
    "≒": "ニアリーイコール",
    "≤": "以下",
    "≦": "以下",
    "≥": "以上",
    "≧": "以上",
    "∞": "無限大",
    "√": "ルート",
    "°": "度",
    "/": "スラッシュ",
    "#": "シャープ",
    "♯": "シャープ",
    "$": "ドル",
    "€": "ユーロ",
    "£": "ポンド",
    "¥": "円",
    "○": "マル",
    "◯": "マル",
}
_GREEK_NAMES = """
    アルファ ベータ ガンマ デルタ イプシロン ゼータ イータ シータ イオタ カッパ ラムダ ミュー
    ニュー クサイ オミクロン パイ ロー シグマ タウ ウプシロン ファイ カイ プサイ オメガ
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
_SYMBOL = re.compile("[" + re.escape("".join(_WORDS)) + "]")
_KANA_OR_KANJI = "ぁ-ゖァ-ヺー一-鿿々"
_CLOSING = r"(?=$|[\s、。!?」』)])"
_REWRITES = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        ("[〜~]+", "〜"),
        ("㏂|®|™|©|[★☆●■□◆◇▼▽▲△※◎♪*_^`|]", " "),
        (" ?[→⇒➡] ?", "、"),
        (" (?:-|--) ", "、"),
        (f"(?<=[{_KANA_OR_KANJI}]) ?/ ?(?=[0-9{_KANA_OR_KANJI}])", "、"),
        # Between the parts of a foreigner's name.
        ("(?<=[ァ-ヺー])[=゠](?=[ァ-ヺ])", "・"),
        (f"(?<=[{_KANA_OR_KANJI}])-(?=[{_KANA_OR_KANJI}])|(?<![0-9A-Za-z])-|-(?![0-9A-Za-z])", " "),
        ("#(?=[A-Za-zぁ-ヿ一-鿿])", " ハッシュタグ "),
        (f"(?<=[0-9年月日時分秒円人歳代曜])〜{_CLOSING}", "から"),
        # A subtitle stands between two.
        (f"(?<![0-9年月日時分秒])〜(?![0-9])([^〜、。0-9]{{1,40}})〜{_CLOSING}", r"、\1、"),
        ("(?<=[0-9A-Za-zァ-ヺー一-鿿)」])〜(?=[0-9A-Za-zァ-ヺ一-鿿(「])|〜(?=[0-9])", "から"),
        ("(?<=[ぁ-ゖァ-ヺー])〜", "ー"),
        ("〜", " "),
        ("(?<![A-Za-z])m²", " 平方メートル "),
        ("²", "の二乗"),
        ("³", "の三乗"),
    )
]


def rewrite_symbols(text: str) -> str:
    """Put words in the place of symbols, a pause or nothing where a speaker says none."""
    for pattern, replacement in _REWRITES:
        text = pattern.sub(replacement, text)
    text = _GREEK_LETTER.sub(lambda match: f" {_GREEK.get(match[0].lower(), match[0])} ", text)
    return _SYMBOL.sub(lambda match: f" {_WORDS[match.group()]} ", text)
