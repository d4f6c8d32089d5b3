"""Splits a text into sentences, by the marks of all languages that Kokoro speaks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.tts.text.clean import clean
from app.tts.text.markup import PAUSE, pause_seconds
from app.tts.text.sentence_ends import ends_sentence

PARAGRAPH_PAUSE = 0.6
SENTENCE_PAUSE = 0.35
"""Silence in seconds after the last sentence of a paragraph, and after any other."""

# A sentence ends at its marks, with closing quotes or brackets, before white space. The marks of
# Chinese, Japanese and Hindi need no space after them.
_END = re.compile(r"""(?<![.!?…])[.!?…]+["')\]»”]*(?=\s)|[。！？｡।॥]+[」』）”"']*\s*""")
# espeak-ng says the name of the danda, or drops it.
_DANDA = str.maketrans("।॥", "..")
# An editor has wrapped a long line if the next one begins in lower case; short lines are a list.
_WRAPPED_LINE = re.compile(r"(?<=[^\n]{40})(?<=[\w,]) ?\n ?(?=[^\W\d_A-Z])")


@dataclass(frozen=True)
class Sentence:
    """A sentence as it was written, without white space around it."""

    text: str

    pause: float
    """Natural silence after it at normal speed, in seconds."""

    silence: float = 0.0
    """Silence that the text asks for after it, in seconds."""


def read_sentences(text: str) -> Iterator[Sentence]:
    """Clean `text` and split it into sentences, each with the silence that it asks for.

    It is split at the pauses first, because later steps would take their placeholders for marks.
    """
    start = 0
    for pause in PAUSE.finditer(text):
        yield from _before_pause(text[start : pause.start()], pause_seconds(pause[0]))
        start = pause.end()
    yield from split_sentences(clean(text[start:]))


def _before_pause(text: str, silence: float) -> Iterator[Sentence]:
    sentences = list(split_sentences(clean(text)))
    is_on_new_line = "\n" in text[len(text.rstrip()) :]
    if is_on_new_line or not sentences:
        sentences.append(Sentence("", 0.0))
    yield from sentences[:-1]
    yield replace(sentences[-1], pause=0.0, silence=silence)


def split_sentences(text: str) -> Iterator[Sentence]:
    """Split cleaned `text` without pauses into sentences; no word is lost."""
    for paragraph in re.split(r"\s*\n\s*", _WRAPPED_LINE.sub(" ", text)):
        sentences = list(_split_at_marks(paragraph))
        for number, sentence in enumerate(sentences, 1):
            yield Sentence(
                sentence, PARAGRAPH_PAUSE if number == len(sentences) else SENTENCE_PAUSE
            )


def _split_at_marks(text: str) -> Iterator[str]:
    # In a text without capitals, a small letter may begin a sentence.
    has_capitals = any(map(str.isupper, text))
    start = 0
    for match in _END.finditer(text):
        goes_on = has_capitals and text[match.end() : match.end() + 2].strip().islower()
        if goes_on or (match.group() == "." and not ends_sentence(text, start, match.end())):
            continue
        if sentence := text[start : match.end()].strip():
            yield sentence.translate(_DANDA)
        start = match.end()
    if rest := text[start:].strip():
        yield rest.translate(_DANDA)
