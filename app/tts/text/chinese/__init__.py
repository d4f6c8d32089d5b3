"""Writes out numbers, signs and addresses as a speaker of Mandarin reads them."""

import re

from app.tts.text.addresses import AddressWords, verbalize_addresses
from app.tts.text.chinese.notations import read_notations
from app.tts.text.chinese.numbers import read_numbers
from app.tts.text.chinese.symbols import plain_characters, read_signs
from app.tts.text.markup import PLACEHOLDERS

_ADDRESS_WORDS = AddressWords(
    dot="点",
    at="艾特",
    slash="斜杠",
    hyphen="杠",
    underscore="下划线",
    colon="冒号",
    question_mark="问号",
    equals="等于",
    and_sign="和",
    plus="加",
    hash_sign="井号",
    percent="百分号",
    tilde="波浪号",
    version="版本",
    point="点",
)
# Else it is taken for a version.
_DOTTED_DATE = re.compile(
    r"(?<![A-Za-z\d./-])(\d{4})\.(0?[1-9]|1[0-2])\.(3[01]|[12]\d|0?[1-9])(?![A-Za-z\d.-])"
)
_DRAWN_LINE = re.compile(rf"([^\w\s，。！？、；：…—.(){{}}\"'“”{PLACEHOLDERS}])\1{{2,}}")
_STRAY_SPACE = re.compile(r" +(?=[,.;:!?)\]，。；：！？）])")
_TOPIC = re.compile(r"#([^#\s]{1,40})#")


def normalize(text: str) -> str:
    """Return `text` with everything that is not words written out as a speaker says it."""
    text = _DRAWN_LINE.sub(" ", plain_characters(text))
    text = _DOTTED_DATE.sub(r"\1年\2月\3日", text)
    text = verbalize_addresses(text, _ADDRESS_WORDS)
    text = read_notations(_TOPIC.sub(r"\1", text))
    return _STRAY_SPACE.sub("", " ".join(read_numbers(read_signs(text)).split()))
