"""Texts for the soak test: words to paragraphs in the installed languages."""

import random
from collections.abc import Mapping
from importlib.util import find_spec

from app.tts.languages import LANGUAGES
from bench.reading_sentences import PROSE, sentences
from bench.speed.texts import MIXED, PASSAGES

LENGTHS = {"word": 0, "sentence": 1, "passage": 300, "paragraph": 800}
"""Names of text lengths, with the most characters of a text of several sentences."""

LENGTH_WEIGHTS = (20, 45, 22, 13)

DENSE = ("ja", "zh")
"""Languages in which a character takes about as long as three do in others."""

_SHORTEST = 3
_MARKS = "¿¡.,;:!?…\"'()«»“”‘’।、。「」，！？：；《》"


def installed_sentences() -> Mapping[str, list[str]]:
    """Return at least twenty sentences in each installed language, by BCP 47 tag."""
    tags = [
        language.tag for language in LANGUAGES.values() if all(map(find_spec, language.modules))
    ]
    # A tag without a region means the only region that Kokoro knows.
    keys = {tag: tag if tag in PROSE else tag.split("-")[0] for tag in tags}
    texts = {tag: [each.said for each in sentences(key)] for tag, key in keys.items()}
    texts["en-US"] += [*MIXED, *PASSAGES]
    return texts


def short_sentence(own: list[str], chance: random.Random) -> str:
    """Return one of a language's shortest sentences."""
    return chance.choice(sorted(own, key=len)[:_SHORTEST])


def text_of(own: list[str], language: str, length: str, chance: random.Random) -> str:
    """Return a text of one of `LENGTHS`, made of a language's sentences."""
    if length == "word":
        return _word(chance.choice(own), language, chance)
    if length == "sentence":
        return chance.choice(own)
    most = LENGTHS[length] // (3 if language in DENSE else 1)
    text = ""
    for sentence in chance.sample(own, len(own)):
        if text and len(text) + len(sentence) >= most:
            break
        text = f"{text} {sentence}".lstrip()
    return text


def _word(sentence: str, language: str, chance: random.Random) -> str:
    words = [word.strip(_MARKS) for word in sentence.split()]
    words = [word for word in words if len(word) > 1 and not any(map(str.isdigit, word))]
    word = chance.choice(words) if words else sentence
    return word[:3] if language in DENSE else word
