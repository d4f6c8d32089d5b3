"""The operator's own pronunciations, from a file of words, languages and phonemes."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.tts.errors import AssetError, InputError
from app.tts.languages import Language, find_language
from app.tts.text.markup import FIRST_LEXICON_ENTRY, check_phonemes, without_placeholders

_MOST_ENTRIES = 0xFFFD
_AMERICAN, _OTHER_SCRIPTS = "a", "hjz"
_LATIN = r"[A-Za-z0-9_\u00c0-\u024f]+"
_SIMPLE_WORD = re.compile(rf"{_LATIN}|[\u0900-\u0963\u0970-\u097f]+")
# A word that is not part of an address, because that is read as a whole.
_WORD = re.compile(
    rf"(?<![A-Za-z0-9_./@])(?:{_LATIN}(?:['-]{_LATIN})*|[\u0900-\u0963\u0970-\u097f]+)"
    r"(?![/@]|[.:]\w)"
)
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


@dataclass
class _Words:
    """The placeholders of one language's entries, by their spelling."""

    single: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)
    """Entries of several words, or in a script without spaces."""

    pattern: re.Pattern[str] | None = None

    def find(self, text: str) -> str | None:
        """Return the placeholder of an entry; one in lower case matches any case."""
        words = self.others if text in self.others or text.lower() in self.others else self.single
        return words.get(text) or words.get(text.lower())


@dataclass(frozen=True)
class Lexicon:
    """Words whose phonemes are given, by language."""

    phonemes: list[str] = field(default_factory=list)
    _words: dict[str, _Words] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    """Reasons why lines were left out."""

    @classmethod
    def load(cls, path: Path, symbols: Collection[str]) -> "Lexicon":
        """Read the file at `path`; errors in it, or in one of its lines, go to `problems`.

        A line holds a word, a language (BCP 47 or Kokoro's letter; `en` means both accents) and
        phonemes, separated by tabs or commas. Empty lines and those that begin with # are skipped.
        """
        lexicon = cls()
        try:
            lines = path.read_text("utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            lexicon.problems.append(f"The lexicon {path} cannot be read: {error}.")
            return lexicon
        for number, line in enumerate(lines, 1):
            if line.strip() and not line.startswith("#"):
                try:
                    lexicon._add(line, symbols)
                except InputError as error:
                    lexicon.problems.append(f"The lexicon {path}, line {number}: {error}")
        for words in lexicon._words.values():
            words.pattern = _any_of(words.others)
        return lexicon

    def require_sound(self) -> None:
        """Raise `AssetError` that names the first wrong line, if there is one."""
        if self.problems:
            raise AssetError(self.problems[0])

    def mark(self, text: str, language: Language) -> str:
        """Return `text` with a placeholder for each word of the lexicon.

        Latin words within another script are looked up as American English.
        """
        text = self._mark(text, language.letter)
        return self._mark(text, _AMERICAN) if language.letter in _OTHER_SCRIPTS else text

    def _mark(self, text: str, letter: str) -> str:
        words = self._words.get(letter)
        if words is None:
            return text

        def find(match: re.Match[str]) -> str:
            return words.find(match[0]) or match[0]

        def find_in_compound(match: re.Match[str]) -> str:
            return words.find(match[0]) or _SIMPLE_WORD.sub(find, match[0])

        if words.pattern:
            text = words.pattern.sub(find, text)
        return _WORD.sub(find_in_compound, text)

    def pronunciation(self, placeholder: str) -> str:
        """Return the phonemes behind a placeholder that `mark` put in."""
        return self.phonemes[ord(placeholder) - FIRST_LEXICON_ENTRY]

    def _add(self, line: str, symbols: Collection[str]) -> None:
        parts = line.split("\t") if "\t" in line else line.split(",", 2)
        if len(parts) != 3 or not parts[0].strip():
            raise InputError("it needs a word, a language and phonemes.", field="lexicon")
        if parts[0] != without_placeholders(parts[0]):
            raise InputError(
                "its word holds a character of Unicode's private planes.", field="lexicon"
            )
        word, language, phonemes = (part.strip() for part in parts)
        phonemes = phonemes.strip("/")
        letters = "ab" if language.lower() == "en" else find_language(language).letter
        check_phonemes(word, phonemes, symbols)
        if len(self.phonemes) >= _MOST_ENTRIES:
            raise InputError(f"there are more than {_MOST_ENTRIES} words.", field="lexicon")
        placeholder = chr(FIRST_LEXICON_ENTRY + len(self.phonemes))
        self.phonemes.append(phonemes)
        for letter in letters:
            words = self._words.setdefault(letter, _Words())
            is_single = _WORD.fullmatch(word) and not _UNSPACED.search(word)
            (words.single if is_single else words.others)[word] = placeholder


def _any_of(words: dict[str, str]) -> re.Pattern[str] | None:
    return re.compile("(?i)" + "|".join(_alternatives(words))) if words else None


def _alternatives(words: dict[str, str]) -> Iterator[str]:
    for word in sorted(words, key=len, reverse=True):
        if _UNSPACED.search(word):
            yield re.escape(word)
        else:
            yield rf"(?<!\w){re.escape(word)}(?!\w)"
