"""Finds which language reads what in a text of mixed scripts."""

import re
import unicodedata
from collections.abc import Callable, Iterator

import regex

# Of the libraries that write any script in Latin letters, the one with a free licence and the most
# scripts.
from anyascii import anyascii

from app.tts.languages import LANGUAGES, Language

_HAN, _KANA, _DEVANAGARI, _LATIN, _OTHER = "han", "kana", "devanagari", "latin", "other"
_KNOWN = "".join(
    rf"\p{{Script={script}}}" for script in ("Han", "Hiragana", "Katakana", "Devanagari", "Latin")
)
_RUNS = regex.compile(
    rf"(?V1)(?P<{_HAN}>[\p{{Script=Han}}々〇]+)"
    rf"|(?P<{_KANA}>[\p{{Script=Hiragana}}\p{{Script=Katakana}}ー]+)"
    rf"|(?P<{_DEVANAGARI}>[\p{{Script=Devanagari}}]+)"
    rf"|(?P<{_LATIN}>[\p{{Script=Latin}}\p{{M}}]+)"
    rf"|(?P<{_OTHER}>[\p{{L}}--[{_KNOWN}]][[\p{{L}}\p{{M}}]--[{_KNOWN}]]*)"
)
_AMERICAN, _HINDI, _JAPANESE, _CHINESE = (LANGUAGES[letter] for letter in "ahjz")
_HOME_SCRIPTS = {"h": {_DEVANAGARI}, "j": {_HAN, _KANA}, "z": {_HAN}}

_GREEK_LETTER = re.compile(r"GREEK (?:SMALL|CAPITAL) LETTER (?:FINAL )?([A-Z]+)(?: WITH .*)?")

IsInstalled = Callable[[Language], bool]


def romanize(text: str, language: Language, is_installed: IsInstalled) -> str:
    """Return `text` with what no installed language reads in Latin letters."""
    has_kana = _has_kana(text)

    def latin(run: "regex.Match[str]") -> str:
        if _reader(run.lastgroup, language, has_kana, is_installed):
            return str(run[0])
        if name := _GREEK_LETTER.fullmatch(
            unicodedata.name(run[0], "") if len(run[0]) == 1 else ""
        ):
            # Alone it is a sign of mathematics. Unicode spells one of them otherwise.
            return f" {name[1].lower().replace('lamda', 'lambda')} "
        return str(anyascii(run[0]).lower())

    return str(_RUNS.sub(latin, text))


def split_by_language(
    text: str, language: Language, is_installed: IsInstalled
) -> Iterator[tuple[str, Language]]:
    """Cut `text` into stretches and say which language reads each.

    Marks and spaces go with what stands before them.
    """
    has_kana = _has_kana(text)
    start, current = 0, None
    for run in _RUNS.finditer(text):
        reader = _reader(run.lastgroup, language, has_kana, is_installed) or language
        if current is not None and reader is not current:
            yield text[start : run.start()], current
            start = run.start()
        current = reader
    yield text[start:], current or language


def main_language(text: str, language: Language, is_installed: IsInstalled) -> Language:
    """Return the language of a sentence: `language`, unless nothing in it is in its script."""
    has_kana = _has_kana(text)
    readers = [
        _reader(run.lastgroup, language, has_kana, is_installed) for run in _RUNS.finditer(text)
    ]
    others = [reader for reader in readers if reader is not None]
    return language if language in others or not others else others[0]


def _has_kana(text: str) -> bool:
    return any("\u3040" <= character <= "\u30ff" for character in text)


def _reader(
    script: str | None, language: Language, has_kana: bool, is_installed: IsInstalled
) -> Language | None:
    if script in _HOME_SCRIPTS.get(language.letter, {_LATIN}):
        return language
    reader = {
        _HAN: _JAPANESE if has_kana else _CHINESE,
        _KANA: _JAPANESE,
        _DEVANAGARI: _HINDI,
        _LATIN: _AMERICAN,
    }.get(script or "")
    return reader if reader is not None and is_installed(reader) else None
