"""Finds the language that reads each word of a text of mixed scripts."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

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


class _Run(NamedTuple):
    """Letters of one script."""

    start: int
    text: str
    reader: Language | None
    """The language that reads them, if one is installed."""


@dataclass(frozen=True)
class ScriptReaders:
    """Chooses which language reads each script of a sentence."""

    language: Language
    """The main language: it reads its own script, and whatever no other language reads."""

    is_installed: IsInstalled
    has_kana: bool
    """Whether the sentence has kana anywhere, so that its Chinese characters are Japanese."""

    @classmethod
    def of_sentence(
        cls, text: str, language: Language, is_installed: IsInstalled
    ) -> "ScriptReaders":
        """Return the readers for a sentence of a text in `language`.

        That is the sentence's main language, too, unless nothing of it is in its script.
        """
        has_kana = any("\u3040" <= character <= "\u30ff" for character in text)
        readers = cls(language, is_installed, has_kana)
        return replace(readers, language=readers._main_language(text))

    def romanize(self, text: str) -> str:
        """Return `text` with the scripts that no installed language reads in Latin letters."""
        parts, end = [], 0
        for run in self._runs(text):
            if run.reader is None:
                parts += [text[end : run.start], _in_latin(run.text)]
                end = run.start + len(run.text)
        return "".join([*parts, text[end:]])

    def split(self, text: str) -> Iterator[tuple[str, Language]]:
        """Cut `text` where the language that reads it changes, and return each part with its own.

        Marks and spaces go with the part before them.
        """
        start, current = 0, None
        for run in self._runs(text):
            reader = run.reader or self.language
            if current is not None and reader is not current:
                yield text[start : run.start], current
                start = run.start
            current = reader
        yield text[start:], current or self.language

    def _main_language(self, text: str) -> Language:
        readers = [run.reader for run in self._runs(text) if run.reader is not None]
        return self.language if self.language in readers or not readers else readers[0]

    def _runs(self, text: str) -> Iterator[_Run]:
        """Scan `text` for runs of letters of one script."""
        for match in _RUNS.finditer(text):
            yield _Run(match.start(), match[0], self._reader(match.lastgroup))

    def _reader(self, script: str | None) -> Language | None:
        if script in _HOME_SCRIPTS.get(self.language.letter, {_LATIN}):
            return self.language
        reader = {
            _HAN: _JAPANESE if self.has_kana else _CHINESE,
            _KANA: _JAPANESE,
            _DEVANAGARI: _HINDI,
            _LATIN: _AMERICAN,
        }.get(script or "")
        return reader if reader is not None and self.is_installed(reader) else None


def _in_latin(letters: str) -> str:
    name = unicodedata.name(letters, "") if len(letters) == 1 else ""
    if greek := _GREEK_LETTER.fullmatch(name):
        # Alone it is a sign of mathematics. Unicode spells one of them differently.
        return f" {greek[1].lower().replace('lamda', 'lambda')} "
    return str(anyascii(letters).lower())
