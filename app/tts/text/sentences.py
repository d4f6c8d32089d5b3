"""Splits a text into sentences, by the marks of every language that Kokoro speaks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.tts.text.markup import PAUSE, pause_seconds
from app.tts.text.sentence_ends import ends_sentence

PARAGRAPH_PAUSE = 0.6
SENTENCE_PAUSE = 0.35
"""Silence after a sentence in seconds, by what ends it."""

# A sentence ends at its marks, with closing quotes or brackets, before white space. The marks of
# Chinese, Japanese and Hindi need no space after them.
_END = re.compile(r"""(?<![.!?…])[.!?…]+["')\]»”]*(?=\s)|[。！？｡।॥]+[」』）”"']*\s*""")
# espeak-ng says the danda's name or loses it.
_DANDA = str.maketrans("।॥", "..")
# A long line that goes on in lower case was wrapped by an editor; short ones are a list.
_WRAPPED_LINE = re.compile(r"(?<=[^\n]{40})(?<=[\w,]) ?\n ?(?=[^\W\d_A-Z])")


@dataclass(frozen=True)
class Sentence:
    """A sentence as it was written, without the white space around it."""

    text: str

    pause: float
    """Silence that belongs after it at normal speed, in seconds."""

    silence: float = 0.0
    """Silence that was asked for after it, in seconds."""


def split_sentences(text: str) -> Iterator[Sentence]:
    """Split cleaned `text` into sentences; no word of it is lost."""
    for paragraph in re.split(r"\s*\n\s*", _WRAPPED_LINE.sub(" ", text)):
        sentences = list(_sentences(paragraph))
        for number, sentence in enumerate(sentences, 1):
            if number == len(sentences) and not sentence.silence:
                yield Sentence(sentence.text, PARAGRAPH_PAUSE)
            else:
                yield sentence


def _sentences(paragraph: str) -> Iterator[Sentence]:
    """Split at the pauses that were asked for, and between those at full stops."""
    start = 0
    for pause in PAUSE.finditer(paragraph):
        sentences = list(_split_at_marks(paragraph[start : pause.start()])) or [""]
        yield from (Sentence(sentence, SENTENCE_PAUSE) for sentence in sentences[:-1])
        yield Sentence(sentences[-1], 0.0, pause_seconds(pause[0]))
        start = pause.end()
    for sentence in _split_at_marks(paragraph[start:]):
        yield Sentence(sentence, SENTENCE_PAUSE)


def _split_at_marks(text: str) -> Iterator[str]:
    # Where nobody writes capitals, a small letter may begin a sentence.
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
