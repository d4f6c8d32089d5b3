"""From text as people send it to pieces of words, each with the language that reads it.

text -> (Markdown and markup) -> sentences -> cut -> verbalize -> trace sources -> pieces
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.tts.languages import Language
from app.tts.text import markdown
from app.tts.text.lexicon import Lexicon
from app.tts.text.markup import Markup, check_pauses
from app.tts.text.pieces import split_pieces
from app.tts.text.scripts import IsInstalled, ScriptReaders
from app.tts.text.sentences import Sentence, read_sentences
from app.tts.text.spans import Piece, Span
from app.tts.text.verbalizer import Verbalizer
from app.tts.text.written_text import WrittenText
from app.tts.text.written_words import SentenceSources, words_of

_LONGEST_PART = 400
"""Characters of a sentence that are written out at once, so that none takes long."""


@dataclass(frozen=True)
class FrontEnd:
    """Reads text of any kind, as the operator has set it up."""

    symbols: Collection[str]
    """The phonemes that the model knows."""

    lexicon: Lexicon
    reads_markdown: bool
    is_installed: IsInstalled
    """Tells whether a language can be read here."""

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
    ) -> list[Piece]:
        """Turn a sentence into pieces, with their sources if `written` is given."""
        verbalizer = self._verbalizer(sentence, language, overrides)
        parts = list(split_pieces(sentence.text, sentence.pause, _LONGEST_PART))
        verbalized = [_verbalized(part, pause, verbalizer) for part, pause in parts]
        pieces = [piece for part in verbalized for piece in part]
        if written:
            sources = SentenceSources(written)
            for (part, _), part_pieces in zip(parts, verbalized, strict=True):
                _trace(part, part_pieces, verbalizer, sources)
            pieces = [
                replace(piece, sources=found)
                for piece, found in zip(pieces, sources.of_pieces(), strict=True)
            ]
        return _with_silence(pieces, sentence.silence)

    def _verbalizer(
        self, sentence: Sentence, language: Language, overrides: Mapping[str, str]
    ) -> Verbalizer:
        readers = ScriptReaders.of_sentence(sentence.text, language, self.is_installed)
        return Verbalizer(readers, self.lexicon, overrides)


def _verbalized(part: str, pause: float, verbalizer: Verbalizer) -> list[Piece]:
    """Write out a part of a sentence, and cut that into pieces with something to say."""
    pieces = [
        Piece(verbalizer.spans(words), piece_pause)
        for words, piece_pause in split_pieces(verbalizer.verbalize(part), pause)
    ]
    return [piece for piece in pieces if any(span.is_speakable for span in piece.spans)]


def _trace(
    part: str, pieces: Sequence[Piece], verbalizer: Verbalizer, sources: SentenceSources
) -> None:
    """Find the written words of a part that the words of its `pieces` come from.

    Each written word is read alone as well, to be compared with what was made of all of them.
    """
    words = words_of(part)
    alone = [verbalizer.spans(verbalizer.verbalize(word)) for word in words]
    sources.add(words, [_said(spans) for spans in alone], [_said(piece.spans) for piece in pieces])


def _said(spans: Sequence[Span]) -> list[str]:
    return [word for span in spans for word in span.words]


def _with_silence(pieces: list[Piece], silence: float) -> list[Piece]:
    """Return the pieces of a sentence with the silence that the text asks for after it."""
    if not silence:
        return pieces
    *before, last = pieces or [Piece((), 0.0)]
    return [*before, replace(last, pause=0.0, silence=silence)]
