"""Hindi through espeak-ng, with letters and symbols adapted to those that the model learned."""

import re
import unicodedata

from app.tts.phonemes import espeak
from app.tts.phonemes.g2p import GraphemesToPhonemes

_DEVANAGARI = r"\u0900-\u0963\u0970-\u097f"
_LETTERS = str.maketrans(
    {
        # espeak-ng does not know the first, and reads the dot of the others out.
        "\u0972": "\u090d",  # ॲ as ऍ
        "\u0929": "न",
        "\u0931": "र",
        "\u0934": "ळ",
        # Vowels of Sanskrit, for which it uses a symbol that the model does not know.
        "ऌ": "लृ",
        "ॡ": "लृ",
        # It drops these, and with them the pause.
        "–": "—",
        "\u0970": ".",
    }
)
_NUKTA = "\u093c"
_NO_LETTER_OF_HINDI = re.compile(rf"(?<![कखगजफडढ]){_NUKTA}+")
# These flaps never begin a word: there, they are a common misspelling of the stops.
_INITIAL_FLAP = re.compile(rf"(?<![{_DEVANAGARI}])([डढ]){_NUKTA}(?=[{_DEVANAGARI}])")
_STRAY_MARKS = re.compile(rf"(?<![{_DEVANAGARI}])[\u0900-\u0903\u094d]+")
_STRAY_VOWEL_SIGN = re.compile(rf"(?<![{_DEVANAGARI}])[\u093e-\u0943\u0945-\u094c]")
_FROM_VOWEL_SIGN_TO_VOWEL = 0x38

# espeak-ng writes ड़ as `r.` and ढ़ as `r.h`, and the model learned them like that: at `r.` it says
# the flap, without a pause, but at ɽ, which it never met, it says some other consonant.
_FLAP = "r."
_SYMBOLS = {"r\u0329": _FLAP, "ɽ": _FLAP, "ɭ": "l"}


def build() -> GraphemesToPhonemes:
    """Return an engine.

    Raises `AssetError` when espeak-ng is installed in a folder where it cannot work.
    """
    engine = espeak.build("hi")
    return lambda text: _in_vocabulary(engine(_readable(text)))


def _readable(text: str) -> str:
    """Return `text` without letters and marks whose names espeak-ng would say."""
    text = unicodedata.normalize("NFC", text).translate(_LETTERS)
    text = text.replace(f"झ{_NUKTA}", f"ज{_NUKTA}")
    text = _INITIAL_FLAP.sub(r"\1", _NO_LETTER_OF_HINDI.sub("", text))
    return _STRAY_VOWEL_SIGN.sub(
        lambda match: chr(ord(match[0]) - _FROM_VOWEL_SIGN_TO_VOWEL), _STRAY_MARKS.sub("", text)
    )


def _in_vocabulary(phonemes: str) -> str:
    for symbol, nearest in _SYMBOLS.items():
        phonemes = phonemes.replace(symbol, nearest)
    return phonemes
