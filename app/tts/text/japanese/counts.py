"""Japanese numbers together with their counters: 3本 is サンボン."""

import re

from app.tts.text.japanese.counters import COUNTERS, join, verbalize_count
from app.tts.text.japanese.numbers import KANJI_UNITS, NUMBER, UNIT, cardinal, verbalize_number
from app.tts.text.rules import Rule, any_of

_COUNTER = any_of(COUNTERS)
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
_BEFORE_NEXT = {4: "シ", 7: "シチ"}
_PREFIXES = {"第": "ダイ", "数": "スー"}


def _counted(match: re.Match[str]) -> str:
    prefix, number, counter, suffix = match.groups()
    amount = _amount(number, counter)
    return f" {_PREFIXES.get(prefix, '')}{amount}{_SUFFIXES.get(suffix, '')} "


def _either(match: re.Match[str]) -> str:
    first, second, counter = int(match[1]), int(match[2]), match[3]
    if second != first + 1 or (counter, second) == ("人", 2):
        return match.group()
    last = "ヨッカ" if (counter, second) == ("日", 4) else join(cardinal(second), counter)
    suffix = _SUFFIXES.get(match[4], "")
    return f" {_BEFORE_NEXT.get(first) or cardinal(first)}{last}{suffix} "


def _amount(number: str, counter: str | None) -> str:
    """Return a match of `NUMBER`, and a counter after it, in katakana."""
    parts = re.findall(rf"([0-9.]+)({UNIT}?)", number)
    if len(parts) > 1 or parts[0][1]:
        if "." in number:
            reading = " ".join(
                part for digits, unit in parts for part in (verbalize_number(digits), *_units(unit))
            )
            return join(reading, counter) if counter else reading
        number = str(sum(int(digits) * _value(unit) for digits, unit in parts))
    if counter:
        return verbalize_count(number.lstrip("0") or "0" if "." not in number else number, counter)
    return verbalize_number(number)


def _value(unit: str) -> int:
    """Return the value of the kanji numerals of a match of `UNIT`."""
    value = 1
    for numeral in unit:
        value *= KANJI_UNITS[numeral]
    return value


def _units(unit: str) -> list[str]:
    return [cardinal(KANJI_UNITS[numeral]).removeprefix("イチ") for numeral in unit]


COUNTS = (
    # Two or three days, not a date or a list.
    Rule(
        rf"(?<![0-9.月第])(?<![0-9][,、])([1-8])[,、]([2-9])(?!つ|{_OTHER_WORD})({_COUNTER})(?!の両)"
        rf"({_SUFFIX})?",
        _either,
        "2、3日後 ->  ニサンニチゴ ",
        "3、4日 ->  サンヨッカ ",
    ),
    Rule(
        rf"((?<!次)第|(?<![一-鿿])数)?({NUMBER})(?: ?(?!{_OTHER_WORD})({_COUNTER})({_SUFFIX})?)?",
        _counted,
        "りんご3つ -> りんご ミッツ ",
        "第10回 ->  ダイジュッカイ ",
        "1億2000万人が ->  イチオク ニセンマンニン が",
        "数10人 ->  スージューニン ",
        "3年間 ->  サンネンカン ",
        "2024人気 ->  ニセン ニジューヨン 人気",
    ),
)
