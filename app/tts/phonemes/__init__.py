"""Graphemes to phonemes through misaki: one engine per language, built when first needed."""

import threading
import unicodedata
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from typing import Any

from cachetools import LRUCache

from app.tts.collector import CollectorPause
from app.tts.errors import InputError
from app.tts.languages import LANGUAGES, Language
from app.tts.phonemes import chinese, english, espeak, hindi, japanese
from app.tts.phonemes.g2p import GraphemesToPhonemes
from app.tts.types import Lock

_MOST_RECENT = 64
"""Pieces remembered for each language, so that endless repetition is read only once."""


class Phonemizer:
    """Reads text in any installed language; threads may share it.

    They may not share the engines under misaki: espeak-ng crashes and spaCy's vocabulary grows. So
    each engine is built and called under a lock of its own. `new_lock` makes those locks, because
    a caller whose `threading` is monkey-patched needs locks that work between native threads.
    """

    def __init__(self, new_lock: Callable[[], Lock] = threading.Lock) -> None:
        english_lock = new_lock()  # both accents share one spaCy pipeline
        self._locks = {
            language.letter: english_lock if language.is_english else new_lock()
            for language in LANGUAGES.values()
        }
        self._engines: dict[str, GraphemesToPhonemes] = {}
        self._recent: dict[str, LRUCache[str, str]] = {
            letter: LRUCache(_MOST_RECENT) for letter in LANGUAGES
        }
        self._english_pipeline: Any = None
        self._collector = CollectorPause(new_lock)
        self._missing = {
            letter: [name for name in language.modules if find_spec(name) is None]
            for letter, language in LANGUAGES.items()
        }

    def is_installed(self, language: Language) -> bool:
        """Return whether everything needed to read `language` is installed."""
        return not self._missing[language.letter]

    def require(self, language: Language, *, field: str) -> None:
        """Raise `InputError` about `field` unless `language` is installed."""
        if missing := self._missing[language.letter]:
            raise _not_installed(language, missing[0], field)

    def phonemize(self, text: str, language: Language) -> str:
        """Return the phonemes of `text`, at most a piece, in misaki's alphabet.

        Raises `InputError` when the language is not installed or its engine cannot read the text.
        """
        recent = self._recent[language.letter]
        with self._locks[language.letter]:
            phonemes = recent.get(text)
            if phonemes is None:
                phonemes = recent[text] = self._read(text, language)
            return phonemes

    def _read(self, text: str, language: Language) -> str:
        engine = self._engines.get(language.letter)
        if engine is None:
            with self._collector.while_loading():
                engine = self._engines[language.letter] = self._build(language)
        try:
            return engine(text)
        except Exception:
            # misaki's dependencies raise all kinds of errors on text that they do not expect.
            return _second_try(engine, text, language)

    def _build(self, language: Language) -> GraphemesToPhonemes:
        try:
            if language.is_english:
                self._english_pipeline = self._english_pipeline or english.pipeline()
                british = language.tag == "en-GB"
                return english.EnglishEngine(self._english_pipeline, british=british)
            if language.letter in _ENGINES:
                return _ENGINES[language.letter]()
            return espeak.build(language.espeak or language.tag)
        except ImportError as error:
            raise _not_installed(language, str(error.name), "voice") from error


_ENGINES: Mapping[str, Callable[[], GraphemesToPhonemes]] = {
    "h": hindi.build,
    "j": japanese.build,
    "z": chinese.build,
}


def _second_try(engine: GraphemesToPhonemes, text: str, language: Language) -> str:
    letters = "".join(
        character if unicodedata.category(character)[0] in "LM" or character in " ,.!?" else " "
        for character in text
    )
    try:
        return engine(letters)
    except Exception as error:
        raise InputError(
            f"A part of the input of {len(text)} characters could not be read as "
            f"{language.name} ({type(error).__name__}): spell out its numbers and symbols.",
            field="input",
        ) from None  # its message may quote the text, which must not be logged


def _not_installed(language: Language, missing: str, field: str) -> InputError:
    # Clients read this, too, and the path of the server's pip is none of their business.
    remedy = (
        f"install this server's extra {language.extra!r} (in its folder: "
        f"pip install '.[{language.extra}]')"
        if language.extra
        else "install this server again (in its folder: pip install .)"
    )
    return InputError(
        f"{language.name} is not installed here (no {missing}): {remedy}.", field=field
    )
