"""The record of a voice."""

from dataclasses import dataclass
from typing import Literal

from app.tts.languages import LANGUAGES, Language

Gender = Literal["female", "male"]

GENDERS: dict[str, Gender] = {"f": "female", "m": "male"}
"""Genders by the second letter of an id."""


@dataclass(frozen=True)
class Voice:
    """A voice with a style of its own, or a mix of several."""

    id: str
    """Its unique name; for a mix, the formula."""

    name: str
    """Its name for people, such as `Heart`."""

    language: Language
    """The language it speaks by default."""

    gender: Gender | None
    """None if it is not known, or if a mix has both."""

    aliases: tuple[str, ...] = ()
    """Other names that requests may use for it."""

    mixed_from: tuple[tuple[str, float], ...] = ()
    """Ids of a mix's voices with their shares, which sum to one; empty for other voices."""

    @property
    def shares(self) -> tuple[tuple[str, float], ...]:
        """Ids of the voices that it is made of, with their shares."""
        return self.mixed_from or ((self.id, 1.0),)

    @classmethod
    def from_id(cls, voice_id: str, aliases: tuple[str, ...] = ()) -> "Voice":
        """Derive language and gender from an id such as `bf_emma`.

        Any other id is American English, and its gender is not known.
        """
        prefix, underscore, name = voice_id.partition("_")
        if underscore and name and len(prefix) == 2:
            language, gender = LANGUAGES.get(prefix[0]), GENDERS.get(prefix[1])
            if language and gender:
                return cls(voice_id, _for_people(name), language, gender, aliases)
        return cls(voice_id, _for_people(voice_id), LANGUAGES["a"], None, aliases)


def _for_people(name: str) -> str:
    words = name.replace("_", " ").replace("-", " ").split()
    return " ".join(word.capitalize() for word in words) or name
