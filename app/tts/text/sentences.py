"""Splits a text into sentences, by the marks of every language that Kokoro speaks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.tts.text.clean import clean
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


def read_sentences(text: str) -> Iterator[Sentence]:
    """Clean `text` and split it into sentences, each with the silence that was asked for after it.

    It is split at the pauses first: whatever looks at the text after that would take their
    placeholders for marks.
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
    """Split cleaned `text` without pauses into sentences; no word of it is lost."""
    for paragraph in re.split(r"\s*\n\s*", _WRAPPED_LINE.sub(" ", text)):
        sentences = list(_split_at_marks(paragraph))
        for number, sentence in enumerate(sentences, 1):
            yield Sentence(
                sentence, PARAGRAPH_PAUSE if number == len(sentences) else SENTENCE_PAUSE
            )


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
