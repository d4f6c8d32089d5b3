"""Checks before the server starts, for gunicorn's master and the command `check`.

Nothing is imported here that workers must not inherit from the master.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields

from app.loading.vocoder_files import needs_vocoder_files
from app.settings import SettingError, Settings, env_name
from app.tts.audio.codecs import load_formats
from app.tts.errors import AssetError
from app.tts.installation import require_misaki
from app.tts.model.assets import ModelFile, cache_folder, find_model
from app.tts.model.prepared import PreparedGraph, find_prepared, find_unsuitable
from app.tts.model.vocabulary import Vocabulary
from app.tts.text.lexicon import Lexicon
from app.tts.voices import VoiceCatalogue
from app.web.api_keys import Keys
from app.web.hooks.rate_counter import require_usable

BAD_START = (AssetError, SettingError)
"""Errors that a check raises: every start would fail, until somebody changes something."""


def _check_settings(settings: Settings) -> str:
    settings.require_files()
    changed = [s for s in fields(settings) if getattr(settings, s.name) != s.default]
    names = ", ".join(env_name(setting) for setting in changed)
    return f"{len(changed)} differ from the default: {names}" if names else "the defaults"


def _check_keys(settings: Settings) -> str:
    keys = Keys.load(settings)
    keys.require_sound()
    if not keys.is_needed:
        return "none: everybody may use the server"
    return ", ".join(keys.names)


def _check_rate_limit(settings: Settings) -> str:
    require_usable(settings)
    if settings.rate_limit is None:
        return "none"
    place = settings.rate_limit_storage.partition("://")[0]
    return f"{settings.rate_limit}, counted in {place}"


def _check_lexicon(settings: Settings) -> str:
    if settings.lexicon is None:
        return "none"
    lexicon = Lexicon.load(settings.lexicon, Vocabulary.load().symbols)
    lexicon.require_sound()
    return f"{settings.lexicon}, words: {len(lexicon.phonemes)}"


def _check_voices(settings: Settings) -> str:
    catalogue = VoiceCatalogue.load(settings.voices_dir)
    catalogue.require_sound()
    own = len(catalogue.custom_styles)
    return f"{len(list(catalogue))}" + (f", {own} of them from {settings.voices_dir}" * bool(own))


def _check_misaki(settings: Settings) -> str:
    require_misaki()
    return "installed"


def _check_formats(settings: Settings) -> str:
    return ", ".join(load_formats(settings.extra_formats))


START_CHECKS: Mapping[str, Callable[[Settings], str]] = {
    "settings": _check_settings,
    "misaki": _check_misaki,
    "keys": _check_keys,
    "rate limit": _check_rate_limit,
    "lexicon": _check_lexicon,
    "voices": _check_voices,
    "formats": _check_formats,
}
"""Each check returns a short description of what it found, or raises one of `BAD_START`."""


@dataclass(frozen=True)
class StartModel:
    """The model that a start would find, and whether it has to be prepared first."""

    file: ModelFile | None
    """None if it would have to be downloaded."""

    prepared: PreparedGraph | None
    needs_preparing: bool


def find_start_model(settings: Settings) -> StartModel:
    """Find the model and its prepared graph; raises `AssetError` if it is damaged."""
    cache, int8 = cache_folder(), settings.precision == "int8"
    model = find_model(settings.model_path, cache, int8=int8)
    if model is None:
        return StartModel(None, None, needs_preparing=True)
    if int8:
        return StartModel(model, None, needs_preparing=False)
    if prepared := find_prepared(model, cache):
        return StartModel(model, prepared, needs_preparing=needs_vocoder_files(prepared, settings))
    runs_as_it_is = settings.precision == "auto" and find_unsuitable(model, cache) is not None
    return StartModel(model, None, needs_preparing=not runs_as_it_is)
