"""What this server offers to requests: models, formats, voices, the longest input."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from app.settings import SettingError, Settings
from app.tts.codecs import load_formats
from app.tts.encode import AudioFormat
from app.tts.errors import AssetError
from app.tts.voices import VoiceCatalogue

log = logging.getLogger(__name__)

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
        """Collect what `settings` switch on; raises `SettingError` when a format cannot be had.

        Voices of the operator's that cannot be read are logged and left out: a server that is told
        to reload has to go on.
        """
        try:
            formats = load_formats(settings.extra_formats)
        except AssetError as error:
            raise SettingError(str(error)) from error
        voices = VoiceCatalogue.load(settings.voices_dir)
        for problem in voices.problems:
            log.error("%s", problem)
        return cls(
            models=tuple(dict.fromkeys((*MODELS, *settings.model_ids))),
            formats=formats,
            default_format=settings.default_format,
            voices=voices,
            max_input_chars=settings.max_input_chars,
        )
