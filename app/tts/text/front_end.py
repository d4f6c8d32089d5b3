"""From text as people send it to pieces that say which language reads which words."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
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
from app.tts.text.clean import is_speakable
from app.tts.text.lexicon import Lexicon
from app.tts.text.markup import PLACEHOLDER, Markup, check_pauses
from app.tts.text.pieces import split_pieces
from app.tts.text.scripts import IsInstalled, main_language, romanize, split_by_language
from app.tts.text.sentences import Sentence, read_sentences
from app.tts.text.written_text import WrittenText
from app.tts.text.written_words import SentenceSources, Source, spoken_words, words_of

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

    @property
    def words(self) -> tuple[str, ...]:
        """The words that are said."""
        return spoken_words(self.text)


@dataclass(frozen=True)
class Pronunciation:
    """A word whose phonemes are given."""

    phonemes: str
    is_speakable: ClassVar[bool] = True

    @property
    def words(self) -> tuple[str, ...]:
        """The word, by its phonemes."""
        return (self.phonemes,)


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

    sources: tuple[Source, ...] = ()
    """What was written for each word of its spans, where that was asked for."""


@dataclass(frozen=True)
class FrontEnd:
    """Reads text of any kind; holds what the operator decides about it."""

    symbols: Collection[str]
    """The phonemes that the model knows."""

    lexicon: Lexicon
    reads_markdown: bool
    is_installed: IsInstalled
    """Whether a language can be read here."""

    def read(self, text: str, language: Language, *, with_sources: bool = False) -> Iterator[Piece]:
        """Turn `text` into pieces, each when it is asked for; nothing of it is lost.

        Raises `InputError` at the first piece when its markup for pronunciation or pauses is wrong.
        """
        markup = Markup(self.symbols)
        plain = markdown.plain(text, markup) if self.reads_markdown else markup.read(text)
        check_pauses(plain)
        written = WrittenText(markup.source(text), markup.words) if with_sources else None
        for sentence in read_sentences(plain):
            yield from self._pieces(sentence, language, markup.overrides, written)

    def _pieces(
        self,
        sentence: Sentence,
        language: Language,
        overrides: Mapping[str, str],
        written: WrittenText | None,
    ) -> Iterator[Piece]:
        reader = main_language(sentence.text, language, self.is_installed)
        gathered = SentenceSources(written) if written else None
        pieces: list[Piece] = []
        for part, part_pause in split_pieces(sentence.text, sentence.pause, _LONGEST_SENTENCE):
            known = len(pieces)
            for text, pause in split_pieces(self._spoken(part, reader), part_pause):
                spans = tuple(self._spans(text, reader, overrides))
                if any(span.is_speakable for span in spans):
                    pieces.append(Piece(spans, pause))
            if gathered:
                words = words_of(part)
                alone = [
                    self._spans(self._spoken(word, reader), reader, overrides) for word in words
                ]
                spans_of_pieces = (piece.spans for piece in pieces[known:])
                gathered.add(words, [*map(_said, alone)], [*map(_said, spans_of_pieces)])
        if gathered:
            pieces = [
                replace(piece, sources=sources)
                for piece, sources in zip(pieces, gathered.of_pieces(), strict=True)
            ]
        if sentence.silence:
            last = pieces.pop() if pieces else Piece((), 0.0)
            pieces.append(replace(last, pause=0.0, silence=sentence.silence))
        yield from pieces

    def _spoken(self, text: str, language: Language) -> str:
        """Return `text` in words that a voice can say, and placeholders."""
        spoken = NORMALIZERS[language.letter](self.lexicon.mark(text, language))
        return romanize(spoken, language, self.is_installed)

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


def _said(spans: Iterable[Span]) -> list[str]:
    return [word for span in spans for word in span.words]
