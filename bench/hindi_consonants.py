"""The consonants of Hindi, written in any of three scripts."""

import re
import unicodedata

CLASSES = {
    # Devanagari, Urdu and Latin letters that Whisper base uses for the same sound. h and the
    # semivowels are left out, because Urdu and Latin write vowels and aspiration with them.
    "k": "कखکقخكkq",
    "g": "गघگغg",
    "c": "चछچc",
    "j": "जझجزذضظژjz",
    "t": "टठतथتٹطt",
    "d": "डढदधدڈd",
    "n": "ङञणनंँنںn",
    "p": "पफپفpf",
    "b": "बभبb",
    "m": "मمm",
    "r": "रऋृرڑr",
    "l": "लلl",
    "s": "शषसسشصثs",
}
CONSONANTS = {letter: sound for sound, letters in CLASSES.items() for letter in letters}
FLAPS = {"ड़": "र", "ढ़": "र"}


def consonants(text: str) -> str:
    """Return the consonants and digits of `text`, with doubled consonants only once."""
    text = unicodedata.normalize("NFKD", text)
    for flap, letter in FLAPS.items():
        text = text.replace(unicodedata.normalize("NFKD", flap), letter)
    return " ".join(_word(word) for word in text.split()).replace(" ", "")


def _word(word: str) -> str:
    sounds = "".join(c if c.isdecimal() else CONSONANTS.get(c, "") for c in word)
    return re.sub(r"([a-z])\1", r"\1", sounds)
