"""Writes out a text in words, and finds the language or the phonemes of each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from app.tts.text import (
    chinese,
    english,
    french,
    hindi,
    italian,
    japanese,
    portuguese,
    spanish,
)
from app.tts.text.lexicon import Lexicon
from app.tts.text.markup import PLACEHOLDER
from app.tts.text.scripts import ScriptReaders
from app.tts.text.spans import Pronunciation, Span, Words

NORMALIZERS: Mapping[str, Callable[[str], str]] = {
    "a": english.normalize,
    "b": partial(english.normalize, british=True),
    "e": spanish.normalize,
    "f": french.normalize,
    "h": hindi.normalize,
    "i": italian.normalize,
    "j": japanese.normalize,
    "p": portuguese.normalize,
    "z": chinese.normalize,
}
"""The functions that write out everything that is not words, by the letter of the language."""


@dataclass(frozen=True)
class Verbalizer:
    """Writes out the parts of one sentence."""

    readers: ScriptReaders
    lexicon: Lexicon
    overrides: Mapping[str, str]
    """Phonemes that the text itself gives, by placeholder."""

    def verbalize(self, text: str) -> str:
        """Return cleaned `text` in words that a voice can say, and placeholders."""
        language = self.readers.language
        words = NORMALIZERS[language.letter](self.lexicon.mark(text, language))
        return self.readers.romanize(words)

    def spans(self, words: str) -> tuple[Span, ...]:
        """Return the spans of a text that `verbalize` returned, or of a part of one."""
        return tuple(self._spans(words))

    def _spans(self, words: str) -> Iterator[Span]:
        start = 0
        for placeholder in PLACEHOLDER.finditer(words):
            yield from self._words(words[start : placeholder.start()])
            yield self._pronunciation(placeholder[0])
            start = placeholder.end()
        yield from self._words(words[start:])

    def _pronunciation(self, placeholder: str) -> Pronunciation:
        known = self.overrides.get(placeholder)
        return Pronunciation(known or self.lexicon.pronunciation(placeholder))

    def _words(self, text: str) -> Iterator[Words]:
        for part, language in self.readers.split(text):
            if part.strip():
                yield Words(part, language)
