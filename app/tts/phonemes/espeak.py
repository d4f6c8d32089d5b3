"""Spanish, French, Hindi, Italian and Brazilian Portuguese through misaki and espeak-ng."""

import logging
from typing import Any

import espeakng_loader

from app.tts.errors import AssetError
from app.tts.installation import require_misaki
from app.tts.phonemes.g2p import GraphemesToPhonemes

require_misaki()
# Not where it is used: importing it starts a process, and under gevent's monkey-patching only the
# main thread can do that.
from misaki import espeak  # noqa: E402

# espeak-ng copies the path into a buffer of this size, and exits the process if it does not fit.
_LONGEST_PATH = 160


def build(espeak_language: str) -> GraphemesToPhonemes:
    """Return an engine for a language by its name in espeak-ng.

    Raises `AssetError` when espeak-ng is installed in a folder where it cannot work.
    """
    _check_path()
    engine = espeak.EspeakG2P(language=espeak_language)
    _quiet_phonemizer()
    return lambda text: str(engine(text)[0])


def english_fallback(*, british: bool) -> Any:
    """Return misaki's reader of English words that are not in its dictionary."""
    _check_path()
    fallback = espeak.EspeakFallback(british)
    # misaki's own backend would speak the names of languages when it switches between them.
    fallback.backend = type(fallback.backend)(
        language="en-gb" if british else "en-us",
        preserve_punctuation=True,
        with_stress=True,
        tie="^",
        language_switch="remove-flags",
    )
    _quiet_phonemizer()
    return fallback


def _check_path() -> None:
    path = espeakng_loader.get_data_path()
    if len(path) > _LONGEST_PATH:
        raise AssetError(
            f"espeak-ng's data lies at a path of {len(path)} characters and it allows "
            f"{_LONGEST_PATH}: install into a shorter folder than {path}."
        )


def _quiet_phonemizer() -> None:
    # It warns at nearly every call that the numbers of words and phonemes differ.
    logging.getLogger("phonemizer").setLevel(logging.ERROR)
