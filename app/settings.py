"""Every setting, written once: environment variable, flag, default, what is allowed, help."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

ACCELERATIONS = ("auto", "cpu", "coreml", "cuda", "directml")
PRECISIONS = ("auto", "fp32", "int8")
LOG_LEVELS = ("debug", "info", "warning", "error", "critical")
ENDPOINTS = ("root", "health", "models", "voices", "previews", "speech", "captions")
EXTRA_FORMATS = ("mp3", "opus", "aac", "flac")
FORMATS = ("wav", "pcm", *EXTRA_FORMATS)


class SettingError(click.ClickException):
    """A setting has a bad value; as a `ClickException` it ends a command with one line."""


@dataclass(frozen=True)
class _Values:
    """The values that a setting allows; `parse` raises ValueError on any other."""

    allowed: str
    parse: Callable[[str], Any]


def _whole_number(low: int, high: int) -> _Values:
    def parse(text: str) -> int:
        number = int(text)
        if not low <= number <= high:
            raise ValueError
        return number

    return _Values(f"a whole number from {low} to {high}", parse)


def _one_of(*choices: str) -> _Values:
    def parse(text: str) -> str:
        return choices[choices.index(text.lower())]

    return _Values(" or ".join((", ".join(choices[:-1]), choices[-1])), parse)


def _switch() -> _Values:
    return _Values("on or off", lambda text: ("off", "on").index(text.lower()) == 1)


def _some_of(*choices: str) -> _Values:
    def parse(text: str) -> tuple[str, ...]:
        names = tuple(name.strip().lower() for name in text.split(",") if name.strip())
        if not set(names) <= set(choices):
            raise ValueError
        return names

    return _Values(f"a comma-separated list of {', '.join(choices)}", parse)


def _words(allowed: str) -> _Values:
    def parse(text: str) -> tuple[str, ...]:
        words = tuple(word.strip() for word in text.split(",") if word.strip())
        if not all(word.isprintable() and " " not in word for word in words):
            raise ValueError
        return words

    return _Values(allowed, parse)


def _origins() -> _Values:
    def parse(text: str) -> tuple[str, ...]:
        origins = tuple(origin.strip() for origin in text.split(",") if origin.strip())
        if origins != ("*",) and not all(map(_is_origin, origins)):
            raise ValueError
        return origins

    return _Values("*, or a comma-separated list of origins such as https://example.org", parse)


def _is_origin(text: str) -> bool:
    """Whether `text` is what browsers send as the origin of a page: scheme, host and port."""
    parts = urlsplit(text)
    return (
        parts.scheme in ("http", "https")
        and text == f"{parts.scheme}://{parts.netloc}"
        and bool(re.fullmatch(r"(\[[0-9a-f:]+\]|[\w.-]+)(:\d+)?", parts.netloc))
    )


def _existing_file() -> _Values:
    return _Values("a file that exists and can be read", partial(_readable, Path.is_file, os.R_OK))


def _existing_folder() -> _Values:
    return _Values(
        "a folder that exists and can be read", partial(_readable, Path.is_dir, os.R_OK | os.X_OK)
    )


def _readable(is_kind: Callable[[Path], bool], access: int, text: str) -> Path:
    try:
        path = Path(text).expanduser()
        usable = is_kind(path) and os.access(path, access)
    except (OSError, RuntimeError) as error:  # no such home, or a folder one may not look into
        raise ValueError from error
    if not usable:
        raise ValueError
    return path.absolute()


def _word(allowed: str) -> _Values:
    def parse(text: str) -> str:
        if not text.isprintable() or " " in text:
            raise ValueError
        return text

    return _Values(allowed, parse)


def _setting(env: str, values: _Values, default: Any, text: str, *, secret: bool = False) -> Any:
    metadata = {"env": env, "values": values, "help": text}
    return field(default=default, repr=not secret, metadata=metadata)


@dataclass(frozen=True)
class Settings:
    """What the operator decides; each field is an environment variable and a flag of its name."""

    model_path: Path | None = _setting(
        "KOKORO_MODEL_PATH", _existing_file(), None, "Kokoro ONNX file; else found or downloaded."
    )
    acceleration: str = _setting(
        "KOKORO_ACCELERATION", _one_of(*ACCELERATIONS), "auto", "What the model runs on."
    )
    workers: int = _setting(
        "KOKORO_WORKERS", _whole_number(1, 8), 1, "Runs of inference at once, on one model."
    )
    precision: str = _setting(
        "KOKORO_PRECISION",
        _one_of(*PRECISIONS),
        "auto",
        "Weights to run: fp32 prepared for speed, int8 as shipped for little memory.",
    )
    cache_mb: int = _setting(
        "KOKORO_CACHE_MB", _whole_number(0, 65_536), 32, "Memory for spoken sentences; 0 for none."
    )
    max_queue: int = _setting(
        "KOKORO_MAX_QUEUE", _whole_number(0, 1000), 32, "Requests that may wait for a worker."
    )
    max_input_chars: int = _setting(
        "KOKORO_MAX_INPUT_CHARS", _whole_number(1, 250_000), 4096, "Longest input, in characters."
    )
    markdown: bool = _setting(
        "KOKORO_MARKDOWN", _switch(), True, "Read Markdown as a person would; off reads its marks."
    )
    lexicon: Path | None = _setting(
        "KOKORO_LEXICON", _existing_file(), None, "File of words and their pronunciations."
    )
    extra_formats: tuple[str, ...] = _setting(
        "KOKORO_EXTRA_FORMATS", _some_of(*EXTRA_FORMATS), (), "Formats to offer beside wav and pcm."
    )
    default_format: str = _setting(
        "KOKORO_DEFAULT_FORMAT", _one_of(*FORMATS), "wav", "Format of requests that name none."
    )
    model_ids: tuple[str, ...] = _setting(
        "KOKORO_MODEL_IDS",
        _words("a comma-separated list of names"),
        (),
        "Names of the model beside tts-1 and kokoro.",
    )
    voices_dir: Path | None = _setting(
        "KOKORO_VOICES_DIR", _existing_folder(), None, "Folder of further voices."
    )
    host: str = _setting("HOST", _word("a host name or address"), "0.0.0.0", "Address to serve on.")
    port: int = _setting("PORT", _whole_number(1, 65_535), 8000, "Port to serve on.")
    api_key: str | None = _setting(
        "API_KEY", _word("text without spaces"), None, "Key that requests must bring.", secret=True
    )
    public_endpoints: tuple[str, ...] = _setting(
        "KOKORO_PUBLIC_ENDPOINTS", _some_of(*ENDPOINTS), (), "Endpoints that need no key."
    )
    cors_origins: tuple[str, ...] = _setting(
        "KOKORO_CORS_ORIGINS",
        _origins(),
        (),
        "Origins whose pages may use this server from a browser.",
    )
    log_level: str = _setting(
        "LOG_LEVEL", _one_of(*LOG_LEVELS), "info", "Least severe messages to log."
    )

    def __post_init__(self) -> None:
        if self.default_format in EXTRA_FORMATS and self.default_format not in self.extra_formats:
            raise SettingError(
                f"KOKORO_DEFAULT_FORMAT (--default-format) is {self.default_format!r}, but "
                "KOKORO_EXTRA_FORMATS (--extra-formats) does not switch it on."
            )

    @classmethod
    def load(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Read the settings from the environment; an empty variable counts as unset.

        Raises `SettingError` that names the setting, its value and what is allowed.
        """
        environ = os.environ if environ is None else environ
        texts = {setting.name: environ.get(env_name(setting), "") for setting in fields(cls)}
        return cls(**{name: _parsed(name, text) for name, text in texts.items() if text})


def env_name(setting: "Field[Any]") -> str:
    """Return the environment variable of a field of `Settings`."""
    return str(setting.metadata["env"])


def flag_name(setting: "Field[Any]") -> str:
    """Return the command-line flag of a field of `Settings`."""
    return "--" + setting.name.replace("_", "-")


def help_text(setting: "Field[Any]") -> str:
    """Return a line of help on a field of `Settings`."""
    default = "none" if setting.default in (None, ()) else setting.default
    if default is True:
        default = "on"
    return f"{setting.metadata['help']} [{env_name(setting)}; default: {default}]"


def _parsed(name: str, text: str) -> Any:
    (setting,) = (setting for setting in fields(Settings) if setting.name == name)
    values: _Values = setting.metadata["values"]
    try:
        return values.parse(text)
    except ValueError:
        shown = repr(text) if setting.repr else "not shown"
        raise SettingError(
            f"{env_name(setting)} ({flag_name(setting)}) is {shown}; allowed: {values.allowed}."
        ) from None
