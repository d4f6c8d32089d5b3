"""Splits a text into sentences, and sentences into pieces that the model speaks in one go."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_CHARACTERS = 200
"""Longest piece; grapheme-to-phoneme conversion slows down more than linearly beyond it."""

MAX_WORD_CHARACTERS = 32
"""Longest run without white space; misaki takes seconds for a word of hundreds of letters."""

PARAGRAPH_PAUSE = 0.6
SENTENCE_PAUSE = 0.35
CLAUSE_PAUSE = 0.15
"""Silence after a piece in seconds, by what ends it; one that is cut between words has none."""

# A sentence ends at its marks, with closing quotes or brackets, before white space. The marks of
# Chinese and Japanese need no space after them.
_SENTENCE_END = re.compile(r"""(?<![.!?…])[.!?…]+["')\]»”]*(?=\s)|[。！？｡]+[」』）”]*\s*""")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mrs?|Ms|Dr|Prof|Sr|Sra|Jr|St|Mme|Mlle|Sig|Dott|vs|etc|e\.g|i\.e|cf|approx)"
    r"|(?<![^\W\d_])[^\W\d_])\.$"
)
_ABBREVIATED_NUMBER = re.compile(r"\b(?:No|Nos|Fig|Figs)\.$")
_LONGEST_ABBREVIATION = len("approx.") + 1
# A long line that goes on in lower case was wrapped by an editor; short ones are a list.
_WRAPPED_LINE = re.compile(r"(?<=[^\n]{40})(?<=[\w,]) ?\n ?(?=[^\W\d_A-Z])")
# Chinese and Japanese do without spaces, and their engines find the words themselves.
_ENDLESS_WORD = re.compile(rf"[^\s\u3000-\u9fff\uff00-\uffef]{{{MAX_WORD_CHARACTERS}}}(?=\S)")
_CUTS = (
    (re.compile(r"[;:,—–]+[\"')\]»]*\s+|[、，；：]+[」』）”]*\s*"), CLAUSE_PAUSE),
    (re.compile(r"\s+"), 0.0),
)


@dataclass(frozen=True)
class Piece:
    """A stretch of text that is spoken in one run of the model."""

    text: str

    pause: float
    """Silence that belongs after it, in seconds."""


def split(text: str) -> list[Piece]:
    """Split cleaned `text` into pieces of at most 200 characters; no word of it is lost.

    Pieces are sentences. A longer sentence is cut at the last comma or other mark that fits, else
    between words. A run of more than 32 characters without a space is broken.
    """
    pieces = []
    for paragraph in re.split(r"\s*\n\s*", _WRAPPED_LINE.sub(" ", text)):
        sentences = [piece for sentence in _sentences(paragraph) for piece in _pieces(sentence)]
        if sentences:
            sentences[-1] = Piece(sentences[-1].text, PARAGRAPH_PAUSE)
        pieces += sentences
    return pieces


def _sentences(paragraph: str) -> Iterator[str]:
    start = 0
    for match in _SENTENCE_END.finditer(paragraph):
        if match.group() == "." and _is_abbreviation(paragraph, start, match.end()):
            continue
        yield paragraph[start : match.end()].strip()
        start = match.end()
    if rest := paragraph[start:].strip():
        yield rest


def _is_abbreviation(paragraph: str, start: int, end: int) -> bool:
    # A look at the whole sentence so far would take quadratic time in "a. a. a."
    word = paragraph[max(start, end - _LONGEST_ABBREVIATION) : end]
    if _ABBREVIATED_NUMBER.search(word):
        return paragraph[end : end + 2].strip().isdigit()
    return _ABBREVIATION.search(word) is not None


def _pieces(sentence: str) -> Iterator[Piece]:
    rest = _ENDLESS_WORD.sub(r"\g<0> ", sentence)
    while len(rest) > MAX_CHARACTERS:
        cut, pause = _best_cut(rest)
        yield Piece(rest[:cut].rstrip(), pause)
        rest = rest[cut:].lstrip()
    yield Piece(rest, SENTENCE_PAUSE)


def _best_cut(text: str) -> tuple[int, float]:
    for pattern, pause in _CUTS:
        # A mark in the first third would leave a stub that sounds like a sentence of its own.
        ends = [
            match.end() for match in pattern.finditer(text, MAX_CHARACTERS // 3, MAX_CHARACTERS)
        ]
        if ends:
            return ends[-1], pause
    return MAX_CHARACTERS, 0.0
