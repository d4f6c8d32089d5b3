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

        Where a voice of the operator's cannot be read, the log says so and none of them is offered:
        a server that is told to reload has to go on.
        """
        try:
            formats = load_formats(settings.extra_formats)
        except AssetError as error:
            raise SettingError(str(error)) from error
        try:
            voices = VoiceCatalogue.load(settings.voices_dir)
        except AssetError as error:
            log.error("%s Until then there are the voices of the pack only.", error)
            voices = VoiceCatalogue()
        return cls(
            models=tuple(dict.fromkeys((*MODELS, *settings.model_ids))),
            formats=formats,
            default_format=settings.default_format,
            voices=voices,
            max_input_chars=settings.max_input_chars,
        )
