"""Splits a text into sentences, by the marks of every language that Kokoro speaks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.tts.text.markup import PAUSE, pause_seconds

PARAGRAPH_PAUSE = 0.6
SENTENCE_PAUSE = 0.35
"""Silence after a sentence in seconds, by what ends it."""

# A sentence ends at its marks, with closing quotes or brackets, before white space. The marks of
# Chinese, Japanese and Hindi need no space after them.
_END = re.compile(r"""(?<![.!?…])[.!?…]+["')\]»”]*(?=\s)|[。！？｡।॥]+[」』）”"']*\s*""")
# espeak-ng says the danda's name or loses it.
_DANDA = str.maketrans("।॥", "..")
_NEVER_ENDS = re.compile(
    r"(?:\b(?:Mrs?|Ms|Dr|Drs|Prof|Mt|Ft|Gen|Col|Capt|Lt|Sgt|Rev|Hon|Gov|Sen|Rep|vs|e\.g|i\.e|cf|viz"
    r"|approx|Sr|Srta|Sra|Dra|Sres|Profa|Profª|Ud|Uds|Mme|Mlle|MM|Sig|Sig\.ra|Sig\.na|Sigg"
    r"|Dott|Dott\.ssa|Prof\.ssa|Ing|Avv|Exmo|Exma|p\. ?ej|p\. ?ex|ad es|EE|J\.-C|c\.-à-d|Av|séc"
    r"|apr|av)|(?<![^\W\d_]|[\u0900-\u0963])[^\W\d_])\.$"
)
_HINDI_TITLE = re.compile(
    r"(?<![\w\u0900-\u0963])(?:डॉ|डा|श्री|सुश्री|प्रो|पं|स्व|कु|मो|नं|रु|ई|ई\.पू|कि\.मी)\.$"
)
# Letters are written by their English names: ए. पी. जे. अब्दुल कलाम.
_HINDI_LETTER = r"(?:ए|बी|सी|डी|ई|एफ|जी|एच|आई|जे|के|एल|एम|एन|ओ|पी|क्यू|आर|एस|टी|यू|वी|डब्ल्यू|एक्स|वाई|ज़ेड)\."
_HINDI_INITIALS = re.compile(rf"(?<![\w\u0900-\u0963]){_HINDI_LETTER} ?{_HINDI_LETTER}$")
_HINDI_INITIAL = re.compile(rf"(?<![\w\u0900-\u0963]){_HINDI_LETTER}$")
_NEXT_HINDI_LETTER = re.compile(rf" ?{_HINDI_LETTER}")
# These end a sentence if the next word has a capital, and not otherwise.
_MAY_END = re.compile(
    r"(?:\b(?:etc|ecc|EE\. ?UU|UU|Inc|Ltd|Co|Corp|Bros|Jr|St|Ave|Blvd|Rd|Ln|dept|est|ext|al"
    r"|Ph\.D|M\.D|[ap]\.m|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun|aprox|máx|mín"
    r"|tel|fig|vol|cap|pág|pag|art|núm))\.$"
)
_SAINT = re.compile(r"(?:^|[\s(\"'](?:[a-z]+|[A-Z][a-z]*,) |[(\"'])St\.$")
_BEFORE_NUMBER = re.compile(r"\b(?:Nos?|nos?|Figs?|figs?|pp?|n|nº|vol|ch|art|pág|pag|sec)\.$")
_ITEM_NUMBER = re.compile(r"\s*\d{1,3}\.")
_LONGEST_ABBREVIATION = 24
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
    start = 0
    for match in _END.finditer(text):
        if match.group() == "." and _is_abbreviation(text, start, match.end()):
            continue
        if sentence := text[start : match.end()].strip():
            yield sentence.translate(_DANDA)
        start = match.end()
    if rest := text[start:].strip():
        yield rest


def _is_abbreviation(text: str, start: int, end: int) -> bool:
    # A look at the whole sentence so far would take quadratic time in "a. a. a."
    before = text[max(start, end - _LONGEST_ABBREVIATION) : end]
    following = text[end : end + 2].strip()
    if _ITEM_NUMBER.fullmatch(text, start, end):
        return True
    if _BEFORE_NUMBER.search(before):
        return following.isdigit()
    if _MAY_END.search(before):
        return not following.isupper() or _SAINT.search(before) is not None
    if "\u0900" <= before[-2:-1] <= "\u097f":
        return _is_hindi_abbreviation(text, before, end)
    return _NEVER_ENDS.search(before) is not None


def _is_hindi_abbreviation(text: str, before: str, end: int) -> bool:
    if _HINDI_TITLE.search(before) or _HINDI_INITIALS.search(before):
        return True
    return bool(_HINDI_INITIAL.search(before) and _NEXT_HINDI_LETTER.match(text, end))
