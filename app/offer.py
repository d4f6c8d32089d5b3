"""What this server offers to requests: models, formats, voices, the longest input."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.settings import Settings
from app.tts.codecs import load_formats
from app.tts.encode import AudioFormat
from app.tts.voices import VoiceCatalogue

MODELS = ("tts-1", "kokoro")


@dataclass(frozen=True)
class Offer:
    """What requests may ask for."""

    models: tuple[str, ...]
    """Names of the one model."""

    formats: Mapping[str, AudioFormat]
    default_format: str
    voices: VoiceCatalogue

    max_input_chars: int
    """Longest input in characters."""

    @classmethod
    def of(cls, settings: Settings) -> "Offer":
        """Collect what `settings` switch on.

        Raises `AssetError` when a format or a voice of the operator's cannot be had.
        """
        return cls(
            models=tuple(dict.fromkeys((*MODELS, *settings.model_ids))),
            formats=load_formats(settings.extra_formats),
            default_format=settings.default_format,
            voices=VoiceCatalogue.load(settings.voices_dir),
            max_input_chars=settings.max_input_chars,
        )
