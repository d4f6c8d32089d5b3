"""The voices: their names, their styles and mixes of them."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from app.tts.errors import AssetError, InputError, UnknownVoice
from app.tts.voices.custom import CustomVoices, read_folder
from app.tts.voices.formula import MARKS, MAX_WEIGHT, Term, parse_formula
from app.tts.voices.pack import ALIASES, CATALOGUE
from app.tts.voices.styles import Styles
from app.tts.voices.voice import Voice

_SHOWN_CHARS = 64
"""Characters of an unknown name that a message repeats."""


class VoiceCatalogue:
    """The voices that requests may ask for: the pack's, the operator's, and mixes of them."""

    def __init__(self, custom: CustomVoices | None = None) -> None:
        """Add `custom` voices to those of the pack."""
        custom = custom or CustomVoices()
        self.custom_styles: Mapping[str, Styles] = custom.styles
        self.problems: Sequence[str] = custom.problems
        """Reasons why voices were left out, a line for each."""
        added = {voice_id: Voice.from_id(voice_id) for voice_id in self.custom_styles}
        self._voices = {**CATALOGUE, **added}

    @classmethod
    def load(cls, folder: Path | None = None) -> "VoiceCatalogue":
        """Load the voices of the pack, and those in `folder` that can be read."""
        return cls(read_folder(folder) if folder else None)

    def require_sound(self) -> None:
        """Raise `AssetError` that names the first file that cannot be used, if there is one."""
        if self.problems:
            raise AssetError(self.problems[0])

    def __iter__(self) -> Iterator[Voice]:
        return iter(self._voices.values())

    def find(self, name: str) -> Voice:
        """Return the voice with this id or alias, in any case, or the mix with this formula.

        Raises `UnknownVoice` when no voice has the name, and `InputError` when the formula is
        broken.
        """
        if any(mark in name for mark in MARKS):
            return self._mix(parse_formula(name))
        voice = self._named(name.strip())
        if voice is None:
            raise self._unknown(name)
        return voice

    def _named(self, name: str) -> Voice | None:
        wanted = name.lower()
        return self._voices.get(ALIASES.get(wanted, wanted))

    def _unknown(self, name: str, where: str = "") -> UnknownVoice:
        shown = name[:_SHOWN_CHARS]
        names = [*ALIASES, *self._voices]
        nearest = difflib.get_close_matches(shown.strip().lower(), names, n=1)
        rest = f"; did you mean {nearest[0]!r}?" if nearest else "."
        return UnknownVoice(f"there is no voice {shown!r}{where}{rest}")

    def _mix(self, terms: list[Term]) -> Voice:
        weights: dict[str, Decimal] = {}
        voices = []
        for term in terms:
            voice = self._named(term.name)
            if voice is None:
                raise self._unknown(term.name, f" (at character {term.character} of the mix)")
            weights[voice.id] = weights.get(voice.id, Decimal(0)) + term.weight
            if weights[voice.id] > MAX_WEIGHT:
                raise InputError(
                    f"the weights of {voice.id} add up to more than {MAX_WEIGHT} at character "
                    f"{term.character} of the mix.",
                    field="voice",
                )
            if voice not in voices:
                voices.append(voice)
        return _mixed(voices, weights) if len(voices) > 1 else voices[0]


def _mixed(voices: list[Voice], weights: Mapping[str, Decimal]) -> Voice:
    """Return a mix of different voices; its language is that of the first."""
    total = sum(weights.values())
    genders = {voice.gender for voice in voices}
    return Voice(
        id="+".join(f"{voice.id}({weights[voice.id].normalize():f})" for voice in voices),
        name=" + ".join(voice.name for voice in voices),
        language=voices[0].language,
        gender=genders.pop() if len(genders) == 1 else None,
        mixed_from=tuple((voice.id, float(weights[voice.id] / total)) for voice in voices),
    )
