"""The languages Kokoro speaks, keyed by the first letter of a voice's id."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """One language of the model."""

    letter: str
    """First letter of the ids of its voices."""

    tag: str
    """BCP 47 tag."""

    name: str

    espeak: str | None = None
    """espeak-ng's name of it, for the languages that espeak-ng reads."""

    extra: str | None = None
    """The extra of this package that brings its dictionary, if the base install has none."""

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
        Language("j", "ja", "Japanese", extra="ja"),
        Language("p", "pt-BR", "Brazilian Portuguese", espeak="pt-br"),
        Language("z", "zh", "Mandarin Chinese", extra="zh"),
    )
}
