"""Joins the phonemes of a piece's spans, each read by the engine of its language."""

from collections.abc import Collection, Iterator, Sequence

from anyascii import anyascii

from app.tts.languages import LANGUAGES
from app.tts.phonemes import Phonemizer
from app.tts.text.spans import Pronunciation, Span

_CLOSING = frozenset(",.;:!?…)”")
_OPENING = frozenset("(“")


def phonemize_spans(spans: Sequence[Span], phonemizer: Phonemizer, symbols: Collection[str]) -> str:
    """Return the phonemes of `spans`, with spaces between words.

    Raises `InputError` as `Phonemizer.phonemize` does.
    """
    return "".join(phonemes for _, phonemes in each_phonemized(spans, phonemizer, symbols))


def each_phonemized(
    spans: Sequence[Span], phonemizer: Phonemizer, symbols: Collection[str]
) -> Iterator[tuple[Span, str]]:
    """Return each of `spans` with its phonemes, after a space if it begins a new word.

    Raises `InputError` as `Phonemizer.phonemize` does.
    """
    last, ends_in_space, previous = "", False, None
    for span in spans:
        text = "" if isinstance(span, Pronunciation) else span.text
        phonemes = _phonemes(span, phonemizer, symbols)
        # Parts in two scripts are apart even without a space, as in Japanese; a word whose phonemes
        # are given and its ending are not.
        is_apart = ends_in_space or text[:1].isspace() or isinstance(previous, type(span))
        is_word = last not in _OPENING and phonemes[:1] not in _CLOSING
        yield span, f" {phonemes}" if last and phonemes and is_apart and is_word else phonemes
        last, ends_in_space, previous = phonemes[-1:] or last, text[-1:].isspace(), span


def _phonemes(span: Span, phonemizer: Phonemizer, symbols: Collection[str]) -> str:
    if isinstance(span, Pronunciation):
        return span.phonemes
    if span.is_speakable:
        phonemes = phonemizer.phonemize(span.text, span.language).strip()
        if any(symbol in symbols for symbol in phonemes):
            return phonemes
        # Rare characters of a script that the language does read. Italian says any letters quickly;
        # English would search for each word in vain.
        return phonemizer.phonemize(anyascii(span.text), LANGUAGES["i"]).strip()
    return "".join(mark for mark in span.text if mark in symbols).strip()
