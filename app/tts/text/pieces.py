"""Cuts sentences into pieces that the model can speak at once."""

import re
from collections.abc import Iterator

MAX_CHARACTERS = 200
"""Longest piece; beyond it, grapheme-to-phoneme conversion takes more than linear time."""

MAX_WORD_CHARACTERS = 32
"""Longest part without white space; misaki takes seconds for a word of hundreds of letters."""

MAX_UNSPACED_CHARACTERS = 100
"""Longest piece of Chinese or Japanese: a character takes up to five of 510 tokens."""

CLAUSE_PAUSE = 0.15
"""Silence in seconds after a cut at a comma; there is none after a cut between words."""

_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
# Chinese and Japanese have no spaces, and their engines find the words themselves.
_ENDLESS_WORD = re.compile(rf"[^\s\u3000-\u9fff\uff00-\uffef]{{{MAX_WORD_CHARACTERS}}}(?=\S)")
_CUTS = (
    (re.compile(r"[.!?;:—–…]+[\"')\]»]*\s+|[。！？；：—…]+[」』）”]*\s*"), CLAUSE_PAUSE),
    (re.compile(r"[,)]+[\"')\]»]*\s+|[、，）」』]+\s*"), CLAUSE_PAUSE),
    (re.compile(r"\s+"), 0.0),
)


def split_pieces(
    sentence: str, pause: float, limit: int | None = None
) -> Iterator[tuple[str, float]]:
    """Cut a sentence into pieces, each with the silence after it in seconds; nothing is lost.

    A piece has at most `limit` characters, by default a number for its script. It is cut at the
    last mark that fits, or else between words. By default, anything of more than 32 characters
    without a space is broken up, too.
    """
    if limit is None:
        limit = MAX_UNSPACED_CHARACTERS if _UNSPACED.search(sentence) else MAX_CHARACTERS
        sentence = _ENDLESS_WORD.sub(r"\g<0> ", sentence)
    rest = sentence.strip()
    while len(rest) > limit:
        cut, cut_pause = _best_cut(rest, limit)
        yield rest[:cut].rstrip(), cut_pause
        rest = rest[cut:].lstrip()
    if rest:
        yield rest, pause


def _best_cut(text: str, limit: int) -> tuple[int, float]:
    for pattern, pause in _CUTS:
        # A mark in the first third would leave a stub that sounds like a sentence of its own.
        ends = [match.end() for match in pattern.finditer(text, limit // 3, limit)]
        if ends:
            return ends[-1], pause
    return limit, 0.0
