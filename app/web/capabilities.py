"""Capabilities of this server: models, formats, voices, the longest input."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from app.settings import SettingError, Settings
from app.tts.audio.codecs import has_codecs, load_formats
from app.tts.audio.formats import WAV, AudioFormat
from app.tts.errors import AssetError
from app.tts.voices import VoiceCatalogue

log = logging.getLogger(__name__)

MODELS = ("tts-1", "kokoro")

OPENAI_MODELS = (
    "tts-1",
    "tts-1-hd",
    "gpt-4o-mini-tts",
    "gpt-4o-mini-tts-2025-03-20",
    "gpt-4o-mini-tts-2025-12-15",
)
"""Models that OpenAI's own endpoint has had, snapshots included."""

ANY_MODEL = "*"
"""The value of KOKORO_MODEL_IDS that allows every name."""

OPENAI_MAX_INSTRUCTIONS_CHARS = 4096


@dataclass(frozen=True)
class Capabilities:
    """The values that requests may have."""

    is_openai: bool
    """Whether to follow OpenAI's own endpoint where the documented contract is stricter."""

    model_ids: tuple[str, ...]
    """Further names of the one model from the settings, perhaps with `ANY_MODEL`."""

    has_codecs: bool
    """Whether the library for formats other than WAV and PCM is installed."""

    formats: Mapping[str, AudioFormat]
    default_format: str
    voices: VoiceCatalogue

    max_input_chars: int
    """Longest input in characters."""

    @property
    def models(self) -> tuple[str, ...]:
        """Names of the one model, without `ANY_MODEL`."""
        known = (*MODELS, *(OPENAI_MODELS if self.is_openai else ()), *self.model_ids)
        return tuple(dict.fromkeys(name for name in known if name != ANY_MODEL))

    @property
    def takes_any_model(self) -> bool:
        """Whether requests may use any name for the model."""
        return ANY_MODEL in self.model_ids

    def has_model(self, name: str) -> bool:
        """Return whether requests may use `name` for the model."""
        return name in self.models or (self.takes_any_model and bool(name.strip()))

    @property
    def streamed_formats(self) -> tuple[str, ...]:
        """Formats that are streamed unless a request says otherwise.

        The header of a streamed WAV lacks its length. OpenAI's clients expect that; others may not,
        so the documented contract sends WAV whole.
        """
        return tuple(name for name in self.formats if self.is_openai or name != WAV.name)

    @property
    def max_instructions_chars(self) -> int | None:
        """Longest instructions in characters; None for any length."""
        return OPENAI_MAX_INSTRUCTIONS_CHARS if self.is_openai else None

    @classmethod
    def of(cls, settings: Settings) -> "Capabilities":
        """Return what `settings` switch on; raises `SettingError` if a format is not installed.

        Voices of the operator that cannot be read are logged and left out, so that a server goes on
        when it is told to reload.
        """
        try:
            formats = load_formats(settings.extra_formats)
        except AssetError as error:
            raise SettingError(str(error)) from error
        voices = VoiceCatalogue.load(settings.voices_dir)
        for problem in voices.problems:
            log.error("%s", problem)
        return cls(
            is_openai=settings.openai,
            model_ids=settings.model_ids,
            has_codecs=has_codecs(),
            formats=formats,
            default_format=settings.default_format,
            voices=voices,
            max_input_chars=settings.max_input_chars,
        )
