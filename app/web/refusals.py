"""Error messages for models, formats and voices that this server does not have.

Each ends with what the operator has to do to have it: settings with their values, and the extra to
install if it is missing.
"""

from collections.abc import Iterable

from app.settings import EXTRA_FORMATS
from app.tts.errors import InputError, UnknownVoice
from app.web.capabilities import OPENAI_MODELS, Capabilities
from app.web.errors import NotFound

VOICES_LISTED = "GET /v1/audio/voices lists all voices; KOKORO_VOICES_DIR=FOLDER adds your own."

_CODECS = "the extra 'codecs': pip install '.[codecs]'"
_MODE = "--openai (KOKORO_OPENAI=on)"

_MAX_NAME_CHARS = 64
"""Longest part of a name that a client made up, in a message."""


def unknown_model(name: str, capabilities: Capabilities) -> NotFound:
    """Return the error for a model that does not exist; its first sentence is OpenAI's own."""
    return NotFound(
        f"The model `{name[:_MAX_NAME_CHARS]}` does not exist or you do not have access to it. "
        f"GET /v1/models lists those that do. {_how_to_have_model(name, capabilities)}",
        param="model",
        code="model_not_found",
    )


def why_no_model(name: str, capabilities: Capabilities) -> str:
    """Return the reason to refuse a model: the names that exist, and how to add this one."""
    return (
        f"the models are {_listed(capabilities.models)}. {_how_to_have_model(name, capabilities)}"
    )


def why_no_format(name: object, capabilities: Capabilities) -> str:
    """Return the reason to refuse a format: those on offer, and how to switch this one on."""
    reason = f"the formats are {_listed(capabilities.formats)}."
    if not isinstance(name, str) or name.lower() not in EXTRA_FORMATS:
        return reason
    wanted = name.lower()
    switched_on = [extra for extra in capabilities.formats if extra in EXTRA_FORMATS]
    setting = f"KOKORO_EXTRA_FORMATS={','.join([*switched_on, wanted])}"
    # With formats set, the setting overrides the formats that --openai would switch on.
    ways = setting if switched_on else f"{_MODE} or {setting}"
    need = "" if capabilities.has_codecs else f"; both need {_CODECS}"
    return f"{reason} To have {wanted}, start the server with {ways}{need}."


def input_message(error: InputError) -> str:
    """Return the message of `error`, and for an unknown voice also where the voices are listed."""
    return f"{error} {VOICES_LISTED}" if isinstance(error, UnknownVoice) else str(error)


def _how_to_have_model(name: str, capabilities: Capabilities) -> str:
    if not _can_be_set(name):
        return "With KOKORO_MODEL_IDS=* the server takes any name."
    setting = f"KOKORO_MODEL_IDS={','.join([*capabilities.model_ids, name])}"
    start = f"To have {name}, start the server with {setting}"
    if name not in OPENAI_MODELS:
        return f"{start}, or KOKORO_MODEL_IDS=* for any name."
    need = "" if capabilities.has_codecs else f"; --openai needs {_CODECS}"
    return f"{start} or {_MODE}{need}."


def _can_be_set(name: str) -> bool:
    """Return whether a comma-separated list of names can hold this one."""
    has_length = 0 < len(name) <= _MAX_NAME_CHARS
    return has_length and name.isprintable() and not any(mark in name for mark in " ,*")


def _listed(names: Iterable[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
