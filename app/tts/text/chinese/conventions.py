"""Mandarin words for the marks of addresses."""

from app.tts.text.addresses import AddressWords

ADDRESS_WORDS = AddressWords(
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
