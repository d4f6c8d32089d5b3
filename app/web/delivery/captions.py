"""Captions for video players, SubRip and WebVTT, from words and their times."""

import html
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.tts.types import TimedWord

LINE_CHARACTERS = 42
MAX_LINES = 2
MAX_SECONDS = 7.0
"""Longest caption that a viewer can read at once (Netflix's Timed Text Style Guide)."""

LONG_GAP = 0.7
"""Silence in seconds that ends a caption."""

_LEAST_PAUSE = 0.05
"""Shortest silence in seconds after a sentence; the full stop of an abbreviation has less."""

# Chinese and Japanese are written without spaces.
_UNSPACED = re.compile("(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])")
_SENTENCE_ENDS = tuple(".!?…。！？।")
_CLOSING = "\"')]»”’」』）"


@dataclass(frozen=True)
class Cue:
    """One caption: lines of text, and the seconds between which they are shown."""

    text: str
    start: float
    end: float


def cues(words: Iterable[TimedWord]) -> Iterator[Cue]:
    """Group words into captions, sentence by sentence, none too long to read."""
    gathered: list[TimedWord] = []
    for word in words:
        if gathered and not _fits(gathered, word):
            yield _cue(gathered)
            gathered = []
        gathered.append(word)
    if gathered:
        yield _cue(gathered)


def subrip(words: Iterable[TimedWord]) -> str:
    """Return words as a SubRip file (.srt)."""
    return "".join(
        f"{number}\n{_span(cue, ',')}\n{cue.text}\n\n" for number, cue in enumerate(cues(words), 1)
    )


def webvtt(words: Iterable[TimedWord]) -> str:
    """Return words as a WebVTT file (.vtt)."""
    return "WEBVTT\n\n" + "".join(
        f"{_span(cue, '.')}\n{html.escape(cue.text, quote=False)}\n\n" for cue in cues(words)
    )


@dataclass(frozen=True)
class CaptionFormat:
    """A file format of captions."""

    media_type: str
    write: Callable[[Iterable[TimedWord]], str]


CAPTION_FORMATS = {
    "srt": CaptionFormat("application/x-subrip; charset=utf-8", subrip),
    "vtt": CaptionFormat("text/vtt; charset=utf-8", webvtt),
}


def _fits(gathered: Sequence[TimedWord], word: TimedWord) -> bool:
    last = gathered[-1]
    gap = word.start - last.end
    is_sentence = last.text.rstrip(_CLOSING).endswith(_SENTENCE_ENDS) and gap > _LEAST_PAUSE
    return (
        not is_sentence
        and gap < LONG_GAP
        and word.end - gathered[0].start <= MAX_SECONDS
        and len(_lines([*gathered, word])) <= MAX_LINES
    )


def _cue(words: Sequence[TimedWord]) -> Cue:
    return Cue("\n".join(_lines(words)), words[0].start, words[-1].end)


def _lines(words: Sequence[TimedWord]) -> list[str]:
    text = _UNSPACED.sub("", " ".join(word.text for word in words))
    return textwrap.wrap(text, LINE_CHARACTERS, break_on_hyphens=False) or [text]


def _span(cue: Cue, decimal_mark: str) -> str:
    return f"{_timestamp(cue.start, decimal_mark)} --> {_timestamp(cue.end, decimal_mark)}"


def _timestamp(seconds: float, decimal_mark: str) -> str:
    milliseconds = round(seconds * 1000)
    minutes, milliseconds = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    return (
        f"{hours:02}:{minutes:02}:{milliseconds // 1000:02}{decimal_mark}{milliseconds % 1000:03}"
    )
