"""The values that the front end makes of a text: pieces, made of words and pronunciations."""

from dataclasses import dataclass
from typing import ClassVar

from app.tts.languages import Language
from app.tts.text.clean import is_speakable
from app.tts.text.written_words import Source, spoken_words


@dataclass(frozen=True)
class Words:
    """A run of words in one language."""

    text: str
    language: Language

    @property
    def is_speakable(self) -> bool:
        """Whether it holds a letter or digit to say."""
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
    """A sentence, or a part of one that is short enough to be spoken at once."""

    spans: tuple[Span, ...]
    """Its words in order; empty for silence alone."""

    pause: float
    """Natural silence after it at normal speed, in seconds."""

    silence: float = 0.0
    """Silence that the text asks for after it, in seconds."""

    sources: tuple[Source, ...] = ()
    """The written word behind each word of its spans, if the caller asked for them."""
