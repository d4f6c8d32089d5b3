"""The languages that Kokoro speaks, by the first letter of their voices' ids."""

import re
from dataclasses import dataclass

from app.tts.errors import InputError


@dataclass(frozen=True)
class Language:
    """One language of the model."""

    letter: str
    """First letter of its voices' ids."""

    tag: str
    """BCP 47 tag."""

    name: str

    espeak: str | None = None
    """Its name in espeak-ng, for the languages that espeak-ng reads."""

    extra: str | None = None
    """The extra of this package with its dictionary, if the base install has none."""

    modules: tuple[str, ...] = ()
    """The Python modules that the extra installs."""

    @property
    def is_english(self) -> bool:
        """Whether it is one of the two accents of English."""
        return self.tag.startswith("en-")


LANGUAGES = {
    language.letter: language
    for language in (
        Language("a", "en-US", "American English"),
        Language("b", "en-GB", "British English"),
        Language("e", "es", "Spanish", espeak="es"),
        Language("f", "fr-FR", "French", espeak="fr-fr"),
        Language("h", "hi", "Hindi", espeak="hi"),
        Language("i", "it", "Italian", espeak="it"),
        Language(
            "j",
            "ja",
            "Japanese",
            extra="ja",
            modules=("fugashi", "jaconv", "mojimoji", "unidic_lite"),
        ),
        Language("p", "pt-BR", "Brazilian Portuguese", espeak="pt-br"),
        Language(
            "z",
            "zh",
            "Mandarin Chinese",
            extra="zh",
            modules=("cn2an", "jieba", "opencc", "ordered_set", "pypinyin"),
        ),
    )
}

_LETTERS_BY_TAG = {
    "en": "a",
    "es": "e",
    "fr": "f",
    "hi": "h",
    "it": "i",
    "ja": "j",
    "pt": "p",
    "zh": "z",
    "cmn": "z",
}
_BRITISH_REGIONS = ("gb", "uk", "au", "nz", "ie", "za", "in")
"""Regions whose English is closer to that of the British voices."""

_TAG = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{1,8})*")
_CANTONESE = re.compile(r"zh(?:-.*)?-(?:hk|mo|yue)")


def find_language(name: str) -> Language:
    """Return the language of a BCP 47 tag, such as `en-GB` or `pt`, or of one of Kokoro's letters.

    Raises `InputError` if there is none.
    """
    wanted = name.strip().lower().replace("_", "-")
    if wanted in LANGUAGES:
        return LANGUAGES[wanted]
    primary, *subtags = wanted.split("-")
    letter = _LETTERS_BY_TAG.get(primary) if _TAG.fullmatch(wanted) else None
    if letter is None or _CANTONESE.fullmatch(wanted):
        known = ", ".join(f"{language.tag} ({one})" for one, language in LANGUAGES.items())
        raise InputError(
            f"there is no language {name[:64]!r}; the languages are {known}.", field="language"
        )
    if letter == "a" and any(subtag in _BRITISH_REGIONS for subtag in subtags):
        letter = "b"
    return LANGUAGES[letter]
