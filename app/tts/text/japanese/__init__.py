"""Spells out Japanese text: numbers in katakana, and what else is not words."""

import re
import unicodedata

from app.tts.text.addresses import AddressWords, verbalize_addresses
from app.tts.text.japanese.counters import COUNTERS, join, read_count, read_date, read_day
from app.tts.text.japanese.notations import NUMBER, UNIT, rewrite_notations
from app.tts.text.japanese.numbers import KANJI_UNITS, read_integer, read_number
from app.tts.text.japanese.symbols import rewrite_symbols

_ADDRESS_WORDS = AddressWords(
    dot="ドット",
    at="アットマーク",
    slash="スラッシュ",
    hyphen="ハイフン",
    underscore="アンダーバー",
    colon="コロン",
    question_mark="クエスチョンマーク",
    equals="イコール",
    and_sign="アンド",
    plus="プラス",
    hash_sign="シャープ",
    percent="パーセント",
    tilde="チルダ",
    version="バージョン",
    point="テン",
)
# Compatibility forms that say more than what they decompose to.
_KEPT = {"…": "…", "‥": "…", "²": "²", "³": "³", "㎡": "m²", "㎥": "m³", "㎢": "km²", "㎠": "cm²"}
_KEPT |= {"㈱": "株式会社", "㈲": "有限会社", "～": "〜", "−": "-", "‐": "-", "‑": "-", "–": "-"}
_KEPT |= {"½": " 1/2", "⅓": " 1/3", "⅔": " 2/3", "¼": " 1/4", "¾": " 3/4", "№": "No."}

_COUNTER = "|".join(sorted(COUNTERS, key=len, reverse=True))
# Words that begin like a counter.
_OTHER_WORD = (
    "日[本経系米銀]|本[社人当店]|人[気口工材類権]|台[湾風所]|度合|時[代期]|年[齢収金]|月曜|分[野析割類散]"
    "|点[検火灯]|品[質物種]|部[分門長品隊]|段[落差]|階[段級層]|代[表理替金]|番組|位置|通[信貨販]|店長"
    "|体[重力制験]|機[械能会]|区[別間分]|席順|着[物手陸]|行[動政為く]|例[外え]|次[の第回]|口座|言語"
    "|山[頂脈]|線路|首[都相脳]|株[式価主]|語[学彙]|文[化字書章]|戦[争略後]|社[会員長]|発[表売見明生]"
    "|食[べ事品堂料卓欲]|都[市内民心]|県[民内外庁]|等[しく々]|才能|号泣|割合|こ[のれこそと]|つ[いまも]"
)
_SUFFIXES = {
    "目": "メ",
    "間": "カン",
    "半": "ハン",
    "半後": "ハンゴ",
    "半前": "ハンマエ",
    "生": "セー",
    "代": "ダイ",
    "分": "ブン",
    "前": "マエ",
    "後": "ゴ",
    "中": "ジュー",
}
_SUFFIX = (
    "目(?![的標指])|(?<=[年日分秒月])間|半[前後]|半(?!ば)|(?<=年)[生代]|(?<![時年月])分(?![の0-9])"
    "|前(?!半)|後(?![ろ半])|(?<=[日年])中(?!旬)"
)
_COUNTED = re.compile(
    rf"((?<!次)第|(?<![一-鿿])数)?({NUMBER})(?: ?(?!{_OTHER_WORD})({_COUNTER})({_SUFFIX})?)?"
)
# 2、3日 is two or three days, not a date or a list.
_EITHER = re.compile(
    rf"(?<![0-9.月第])(?<![0-9][,、])([1-8])[,、]([2-9])(?!つ|{_OTHER_WORD})({_COUNTER})(?!の両)({_SUFFIX})?"
)
_BEFORE_NEXT = {4: "シ", 7: "シチ"}
_PREFIXES = {"第": "ダイ", "数": "スー"}
_DATE = re.compile("([0-9]{1,2})月 ?([0-9]{1,2})日(?![間目])")
_FIRST_DAY = re.compile("(?<=月) ?0?1日(?![間目中])|(?<![0-9.,])1日(?=付|[、(]|未明|[朝夜])")
_SPACES_AT_MARKS = re.compile("(?<=[、。!?」』)「『(…]) | (?=[、。!?」』)…])")


def normalize(text: str) -> str:
    """Return a cleaned sentence with its numbers, dates, money, units and symbols spelled out."""
    text = verbalize_addresses(_to_usual_width(text), _ADDRESS_WORDS)
    text = rewrite_notations(text)
    text = rewrite_symbols(text)
    text = _DATE.sub(lambda match: f" {read_date(int(match[1]), int(match[2]))} ", text)
    text = _FIRST_DAY.sub(f" {read_day(1)} ", text)
    text = _EITHER.sub(_either, text)
    text = _COUNTED.sub(_counted, text)
    return _SPACES_AT_MARKS.sub("", re.sub(" +", " ", text)).strip()


def _to_usual_width(text: str) -> str:
    # Character by character, then composed: half-width kana bring their marks as characters.
    return unicodedata.normalize("NFC", "".join(map(_usual_character, text)))


def _usual_character(character: str) -> str:
    if character in _KEPT:
        return _KEPT[character]
    if "①" <= character <= "➓":  # each is a number of its own
        return f" {unicodedata.numeric(character, 0):.0f} " if character.isnumeric() else character
    if character.isdigit():
        return str(unicodedata.digit(character))
    return unicodedata.normalize("NFKC", character)


def _counted(match: re.Match[str]) -> str:
    prefix, number, counter, suffix = match.groups()
    amount = _amount(number, counter)
    return f" {_PREFIXES.get(prefix, '')}{amount}{_SUFFIXES.get(suffix, '')} "


def _either(match: re.Match[str]) -> str:
    first, second, counter = int(match[1]), int(match[2]), match[3]
    if second != first + 1 or (counter, second) == ("人", 2):
        return match.group()
    last = "ヨッカ" if (counter, second) == ("日", 4) else join(read_integer(second), counter)
    suffix = _SUFFIXES.get(match[4], "")
    return f" {_BEFORE_NEXT.get(first) or read_integer(first)}{last}{suffix} "


def _amount(number: str, counter: str | None) -> str:
    parts = re.findall(rf"([0-9.]+)({UNIT}?)", number)
    if len(parts) > 1 or parts[0][1]:
        if "." in number:
            reading = " ".join(
                part for digits, unit in parts for part in (read_number(digits), *_units(unit))
            )
            return join(reading, counter) if counter else reading
        number = str(sum(int(digits) * _value(unit) for digits, unit in parts))
    if counter:
        return read_count(number.lstrip("0") or "0" if "." not in number else number, counter)
    return read_number(number)


def _value(unit: str) -> int:
    value = 1
    for numeral in unit:
        value *= KANJI_UNITS[numeral]
    return value


def _units(unit: str) -> list[str]:
    return [read_integer(KANJI_UNITS[numeral]).removeprefix("イチ") for numeral in unit]
