"""How far what was heard is from what was to be said, whichever way each writes numerals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.hindi_consonants import consonants
from bench.spelled_out import spelled_out

Units = Callable[[str], list[str]]
"""A text in plain words to what its errors are counted in: words, characters, sounds."""


@dataclass(frozen=True)
class Errors:
    """Errors among units of what was to be said; they add up."""

    count: int
    units: int

    @property
    def rate(self) -> float:
        """Errors for each unit."""
        return self.count / self.units

    def __add__(self, other: "Errors") -> "Errors":
        return Errors(self.count + other.count, self.units + other.units)


def fewest_errors(expected: Sequence[str], heard: str, language: str, units: Units) -> Errors:
    """Compare with the nearest of `expected`; at worst, every unit of it is wrong.

    So a listener who repeats himself without end does not outweigh the other sentences.
    """
    found = units(spelled_out(heard, language))
    compared = []
    for text in expected:
        wanted = units(spelled_out(text, language))
        compared.append(Errors(min(edit_distance(wanted, found), len(wanted)), len(wanted)))
    return min(compared, key=lambda errors: errors.rate)


def edit_distance(wanted: Sequence[str], found: Sequence[str]) -> int:
    """Return the fewest insertions, deletions and replacements that tell the two apart."""
    row = list(range(len(found) + 1))
    for number, unit in enumerate(wanted, 1):
        diagonal, row[0] = row[0], number
        for place, other in enumerate(found, 1):
            replaced = diagonal + (unit != other)
            diagonal = row[place]
            row[place] = min(replaced, row[place] + 1, row[place - 1] + 1)
    return row[-1]


def units_of(language: str) -> dict[str, Units]:
    """Return what errors are counted in, by name; Chinese is counted in two ways.

    Words where they are written apart. Kana of Japanese, whose words have several spellings.
    Chinese characters, and syllables without their tones, which homophones leave the same.
    Consonants of Hindi, which Whisper base writes in Devanagari, in Urdu's letters or in Latin.
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
        # The spaces came in with the numerals, and words are read by their neighbours.
        words = tagger(text.replace(" ", ""))
        return list("".join(word.feature.pron or word.surface for word in words))

    return kana


def _syllables(text: str) -> list[str]:
    from pypinyin import lazy_pinyin

    return list(lazy_pinyin(text.replace(" ", "")))
