"""Japanese numbers with hyphens: of telephones and houses, ranges and scores."""

import re

from app.tts.text.japanese.numbers import verbalize_digits
from app.tts.text.rules import Rule

_EMERGENCIES = {"110": "ヒャクトーバン", "119": "ヒャクジューキューバン"}
_SCORED = re.compile(
    "で?[勝敗]|[での](?:[勝敗引]|同点|リード|折り返|終[えわ]|下し|快勝|辛勝|圧勝|試合)|と(?:リード|逆転|勝ち越)"
)


def _telephone(match: re.Match[str]) -> str:
    plus = " プラス " if match.group().startswith("+") else " "
    groups = re.findall("[0-9]+", match.group())
    return plus + " の ".join(verbalize_digits(group) for group in groups) + " "


def _hyphenated(match: re.Match[str]) -> str:
    groups = match.group().split("-")
    rest = match.string[match.end() : match.end() + 5]
    if len(groups) == 2:
        if rest.startswith(("=", " =")):
            return match.group()
        if re.match("[年月日時分秒人個本回歳円件台枚度階倍週名%]|k[mg]|キロ", rest):
            return f"{groups[0]}から{groups[1]}"
        if _SCORED.match(rest):
            return f"{groups[0]} タイ {groups[1]}"
    if any(len(group) > 3 or group[0] == "0" for group in groups):
        return " " + " の ".join(verbalize_digits(group) for group in groups) + " "
    return " の ".join(groups)


TELEPHONES = (
    Rule(
        r"(?<![0-9.,-])(?:\+[0-9]{1,3}(?:[- ][0-9]{1,4}){2,4}"
        r"|\(?0[0-9]{1,4}(?:\)[ -]?|[-(])[0-9]{1,4}[-)][0-9]{3,4}"
        r"|[0-9]{4}(?:[- ][0-9]{4}){3}|[0-9]{3}-[0-9]{4})(?![0-9-])",
        _telephone,
        "+81 3-1234-5678 ->  プラス ハチイチ の サン の イチニーサンヨン の ゴーロクナナハチ ",
        "03-1234-5678 ->  ゼロサン の イチニーサンヨン の ゴーロクナナハチ ",
        "1234-5678-1234-5678 -> "
        " イチニーサンヨン の ゴーロクナナハチ の イチニーサンヨン の ゴーロクナナハチ ",
        "〒123-4567 -> 〒 イチニーサン の ヨンゴーロクナナ ",
    ),
)
HYPHENATED = (
    Rule(
        r"(?<![0-9A-Za-z-])[0-9]{1,9}(?:-[0-9]{1,9}){1,9}(?![0-9A-Za-z-])",
        _hyphenated,
        "10-20個 -> 10から20個",
        "3-2で勝った -> 3 タイ 2で勝った",
        "西町1-2-3 -> 西町1 の 2 の 3",
    ),
)
EMERGENCIES = (
    # 110番地 and 110番線 are not calls.
    Rule(
        "(?<![0-9.,])(11[09])(?:番(?![号目地線])|(?=[にへ](?:電話|通報|連絡)|通報))",
        lambda match: f" {_EMERGENCIES[match[1]]} ",
        "110番する ->  ヒャクトーバン する",
        "119に電話 ->  ヒャクジューキューバン に電話",
    ),
)
