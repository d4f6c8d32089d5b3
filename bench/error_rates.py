"""Error rates of transcripts, independent of how numerals are written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.hindi_consonants import consonants
from bench.spelled_out import spelled_out

Units = Callable[[str], list[str]]
"""Splits a text into the units in which its errors are counted: words, characters or sounds."""


@dataclass(frozen=True)
class Errors:
    """The number of errors among the units of a text; can be added up."""

    count: int
    units: int

    @property
    def rate(self) -> float:
        """Errors per unit."""
        return self.count / self.units

    def __add__(self, other: "Errors") -> "Errors":
        return Errors(self.count + other.count, self.units + other.units)


def fewest_errors(expected: Sequence[str], heard: str, language: str, units: Units) -> Errors:
    """Compare a transcript with the nearest of the `expected` texts.

    At most every unit counts as wrong, so that a transcript that repeats itself endlessly does not
    outweigh the other sentences.
    """
    found = units(spelled_out(heard, language))
    compared = []
    for text in expected:
        wanted = units(spelled_out(text, language))
        compared.append(Errors(min(edit_distance(wanted, found), len(wanted)), len(wanted)))
    return min(compared, key=lambda errors: errors.rate)


def edit_distance(wanted: Sequence[str], found: Sequence[str]) -> int:
    """Return the fewest insertions, deletions and replacements between the two (Levenshtein)."""
    row = list(range(len(found) + 1))
    for number, unit in enumerate(wanted, 1):
        diagonal, row[0] = row[0], number
        for place, other in enumerate(found, 1):
            replaced = diagonal + (unit != other)
            diagonal = row[place]
            row[place] = min(replaced, row[place] + 1, row[place - 1] + 1)
    return row[-1]


def units_of(language: str) -> dict[str, Units]:
    """Return the units in which errors are counted, by name; Chinese has two kinds.

    Words, where they are separated by spaces. Kana in Japanese, whose words have several spellings.
    Characters in Chinese, and syllables without tones, which are the same for homophones.
    Consonants in Hindi, which Whisper base writes in Devanagari, Urdu's letters or Latin ones.
    """
    if language == "ja":
        return {"kana": _kana()}
    if language == "zh":
        return {"characters": lambda text: list(text.replace(" ", "")), "syllables": _syllables}
    if language == "hi":
        return {"consonants": lambda text: list(consonants(text))}
    return {"words": str.split}


def _kana() -> Units:
    import fugashi

    tagger = fugashi.Tagger()

    def kana(text: str) -> list[str]:
        # Without the spaces around numerals, because the reading of a word depends on its context.
        words = tagger(text.replace(" ", ""))
        return list("".join(word.feature.pron or word.surface for word in words))

    return kana


def _syllables(text: str) -> list[str]:
    from pypinyin import lazy_pinyin

    return list(lazy_pinyin(text.replace(" ", "")))
