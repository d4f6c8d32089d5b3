"""From text as people send it to pieces that say which language reads which words."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from app.tts.languages import Language
from app.tts.text import (
    chinese,
    english,
    french,
    hindi,
    italian,
    japanese,
    markdown,
    portuguese,
    spanish,
)
from app.tts.text.clean import clean, is_speakable
from app.tts.text.lexicon import Lexicon
from app.tts.text.markup import PLACEHOLDER, read_markup
from app.tts.text.pieces import split_pieces
from app.tts.text.scripts import IsInstalled, main_language, romanize, split_by_language
from app.tts.text.sentences import Sentence, split_sentences

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
"""What writes out everything that is not words, by the letter of the language."""

_LONGEST_SENTENCE = 400
"""Characters of a sentence that are written out at once, so that none takes long."""


@dataclass(frozen=True)
class Words:
    """A stretch of text in one language."""

    text: str
    language: Language

    @property
    def is_speakable(self) -> bool:
        """Whether there is a letter to say."""
        return is_speakable(self.text)


@dataclass(frozen=True)
class Pronunciation:
    """A word whose phonemes are given."""

    phonemes: str
    is_speakable: ClassVar[bool] = True


Span = Words | Pronunciation


@dataclass(frozen=True)
class Piece:
    """A stretch of text that is spoken in one run of the model."""

    spans: tuple[Span, ...]
    """What is said, in order; empty where there is only silence."""

    pause: float
    """Silence that belongs after it at normal speed, in seconds."""

    silence: float = 0.0
    """Silence that was asked for after it, in seconds."""


@dataclass(frozen=True)
class FrontEnd:
    """Reads text of any kind; holds what the operator decides about it."""

    symbols: Collection[str]
    """The phonemes that the model knows."""

    lexicon: Lexicon
    reads_markdown: bool
    is_installed: IsInstalled
    """Whether a language can be read here."""

    def read(self, text: str, language: Language) -> Iterator[Piece]:
        """Turn `text` into pieces, each when it is asked for; nothing of it is lost.

        Raises `InputError` at the first piece when its markup for pronunciation or pauses is wrong.
        """
        marked = read_markup(text, self.symbols)
        text = markdown.plain(marked.text) if self.reads_markdown else marked.text
        for sentence in split_sentences(clean(text)):
            yield from self._pieces(sentence, language, marked.overrides)

    def _pieces(
        self, sentence: Sentence, language: Language, overrides: Mapping[str, str]
    ) -> Iterator[Piece]:
        reader = main_language(sentence.text, language, self.is_installed)
        pieces = []
        for part, part_pause in split_pieces(sentence.text, sentence.pause, _LONGEST_SENTENCE):
            spoken = NORMALIZERS[reader.letter](self.lexicon.mark(part, reader))
            spoken = romanize(spoken, reader, self.is_installed)
            for text, pause in split_pieces(spoken, part_pause):
                spans = tuple(self._spans(text, reader, overrides))
                if any(span.is_speakable for span in spans):
                    pieces.append(Piece(spans, pause))
        if sentence.silence:
            last = pieces.pop() if pieces else Piece((), 0.0)
            pieces.append(Piece(last.spans, 0.0, sentence.silence))
        yield from pieces

    def _spans(self, text: str, language: Language, overrides: Mapping[str, str]) -> Iterator[Span]:
        start = 0
        for placeholder in PLACEHOLDER.finditer(text):
            yield from self._words(text[start : placeholder.start()], language)
            known = overrides.get(placeholder[0])
            yield Pronunciation(known or self.lexicon.pronunciation(placeholder[0]))
            start = placeholder.end()
        yield from self._words(text[start:], language)

    def _words(self, text: str, language: Language) -> Iterator[Words]:
        for stretch, reader in split_by_language(text, language, self.is_installed):
            if stretch.strip():
                yield Words(stretch, reader)
