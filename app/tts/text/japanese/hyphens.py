"""Reads numbers that hyphens join in Japanese: of telephones and houses, ranges and scores."""

import re

from app.tts.text.japanese.numbers import read_digits

_TELEPHONE = re.compile(
    r"(?<![0-9.,-])(?:\+[0-9]{1,3}(?:[- ][0-9]{1,4}){2,4}"
    r"|\(?0[0-9]{1,4}(?:\)[ -]?|[-(])[0-9]{1,4}[-)][0-9]{3,4}"
    r"|[0-9]{4}(?:[- ][0-9]{4}){3}|[0-9]{3}-[0-9]{4})(?![0-9-])"
)
_HYPHENATED = re.compile(r"(?<![0-9A-Za-z-])[0-9]{1,9}(?:-[0-9]{1,9}){1,9}(?![0-9A-Za-z-])")
_SCORED = re.compile(
    "で?[勝敗]|[での](?:[勝敗引]|同点|リード|折り返|終[えわ]|下し|快勝|辛勝|圧勝|試合)|と(?:リード|逆転|勝ち越)"
)


def read_telephones(text: str) -> str:
    """Return `text` with telephone numbers, postal codes and the like in katakana."""
    return _TELEPHONE.sub(_telephone, text)


def read_hyphens(text: str) -> str:
    """Return `text` with words in the place of the other hyphens between numbers."""
    return _HYPHENATED.sub(_hyphenated, text)


def _telephone(match: re.Match[str]) -> str:
    plus = " プラス " if match.group().startswith("+") else " "
    groups = re.findall("[0-9]+", match.group())
    return plus + " の ".join(read_digits(group) for group in groups) + " "


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
        return " " + " の ".join(read_digits(group) for group in groups) + " "
    return " の ".join(groups)
