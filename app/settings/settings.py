"""Every setting, written once, and where it is read from."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from app.settings.choices import (
    ACCELERATIONS,
    ENDPOINTS,
    EXTRA_FORMATS,
    FORMATS,
    LOG_FORMATS,
    LOG_LEVELS,
    MOST_RUNS,
    PRECISIONS,
    VOCODERS,
)
from app.settings.setting import SettingError, env_name, parsed, refused, setting
from app.settings.values import (
    existing_file,
    existing_folder,
    matching,
    one_of,
    origins,
    some_of,
    switch,
    whole_number,
    word,
    words,
)

_RATE = r"[1-9]\d{0,8} ?(?:/|per) ?(?:[1-9]\d{0,5} ?)?(?:second|minute|hour|day|month|year)s?"
_RATES = rf"(?i:{_RATE}(?: ?[;,] ?{_RATE})*)"
"""Rates as the library `limits` writes them."""


@dataclass(frozen=True)
class Settings:
    """The operator's choices; each field is an environment variable, and a flag of its name."""

    model_path: Path | None = setting(
        "KOKORO_MODEL_PATH", existing_file(), None, "Kokoro ONNX file; else found or downloaded."
    )
    acceleration: str = setting(
        "KOKORO_ACCELERATION", one_of(*ACCELERATIONS), "auto", "What the model runs on."
    )
    workers: int | None = setting(
        "KOKORO_WORKERS",
        whole_number(1, MOST_RUNS),
        None,
        "Most runs of inference at once, on one model; else one for each core that may be used.",
    )
    threads: int | None = setting(
        "KOKORO_THREADS",
        whole_number(1, 256),
        None,
        "Threads of inference; else one for each core that may be used, at most 16.",
    )
    precision: str = setting(
        "KOKORO_PRECISION",
        one_of(*PRECISIONS),
        "auto",
        "Weights to run: fp32 prepared for speed, int8 as shipped for little memory.",
    )
    vocoder: str = setting(
        "KOKORO_VOCODER",
        one_of(*VOCODERS),
        "auto",
        "What decodes speech: our own kernels where they run, or ONNX Runtime.",
    )
    cache_mb: int = setting(
        "KOKORO_CACHE_MB", whole_number(0, 65_536), 32, "Memory for spoken sentences; 0 for none."
    )
    max_queue: int = setting(
        "KOKORO_MAX_QUEUE", whole_number(0, 1000), 32, "Requests that may wait for a worker."
    )
    max_unsent_mb: int = setting(
        "KOKORO_MAX_UNSENT_MB",
        whole_number(8, 1_048_576),
        512,
        "Megabytes of whole replies that clients of a process have not read yet.",
    )
    request_timeout: int = setting(
        "KOKORO_REQUEST_TIMEOUT",
        whole_number(1, 86_400),
        600,
        "Seconds that making one request's speech may take.",
    )
    drain_seconds: int = setting(
        "KOKORO_DRAIN_SECONDS",
        whole_number(0, 86_400),
        300,
        "Seconds that speech in progress may go on after SIGTERM.",
    )
    max_input_chars: int = setting(
        "KOKORO_MAX_INPUT_CHARS", whole_number(1, 250_000), 4096, "Longest input, in characters."
    )
    markdown: bool = setting(
        "KOKORO_MARKDOWN", switch(), True, "Read Markdown as a person would; off reads its marks."
    )
    lexicon: Path | None = setting(
        "KOKORO_LEXICON", existing_file(), None, "File of words and their pronunciations."
    )
    openai: bool = setting(
        "KOKORO_OPENAI",
        switch(),
        False,
        "Serve what was written for OpenAI: its models, every format, mp3 by default, streamed.",
    )
    extra_formats: tuple[str, ...] = setting(
        "KOKORO_EXTRA_FORMATS",
        some_of(*EXTRA_FORMATS),
        (),
        "Formats to offer beside wav and pcm.",
        with_openai=EXTRA_FORMATS,
    )
    default_format: str = setting(
        "KOKORO_DEFAULT_FORMAT",
        one_of(*FORMATS),
        "wav",
        "Format of requests that name none.",
        with_openai="mp3",
    )
    model_ids: tuple[str, ...] = setting(
        "KOKORO_MODEL_IDS",
        words("a comma-separated list of names, or * for any name"),
        (),
        "Further names of the model; * takes any name.",
    )
    voices_dir: Path | None = setting(
        "KOKORO_VOICES_DIR", existing_folder(), None, "Folder of further voices."
    )
    host: str = setting("HOST", word("a host name or address"), "0.0.0.0", "Address to serve on.")
    port: int = setting("PORT", whole_number(1, 65_535), 8000, "Port to serve on.")
    api_key: str | None = setting(
        "API_KEY", word("text without spaces"), None, "Key that requests must bring.", secret=True
    )
    api_key_file: Path | None = setting(
        "API_KEY_FILE", existing_file(), None, "File of keys, one a line: key, or name:key."
    )
    public_endpoints: tuple[str, ...] = setting(
        "KOKORO_PUBLIC_ENDPOINTS", some_of(*ENDPOINTS), (), "Endpoints that need no key."
    )
    cors_origins: tuple[str, ...] = setting(
        "KOKORO_CORS_ORIGINS",
        origins(),
        (),
        "Origins whose pages may use this server from a browser.",
    )
    rate_limit: str | None = setting(
        "KOKORO_RATE_LIMIT",
        matching(_RATES, "rates such as 60/minute, or 10/second;1000/day"),
        None,
        "Requests for speech that each key, or else each address, may make.",
    )
    rate_limit_storage: str = setting(
        "KOKORO_RATE_LIMIT_STORAGE",
        matching(r"memory://|rediss?://\S+", "memory://, or redis:// or rediss:// and an address"),
        "memory://",
        "Where requests are counted; Redis where several processes share the limit.",
        secret=True,
    )
    proxies: int = setting(
        "KOKORO_PROXIES",
        whole_number(0, 9),
        0,
        "Reverse proxies in front, whose X-Forwarded headers are believed.",
    )
    log_level: str = setting(
        "LOG_LEVEL", one_of(*LOG_LEVELS), "info", "Least severe messages to log."
    )
    log_format: str = setting(
        "LOG_FORMAT", one_of(*LOG_FORMATS), "console", "Lines for people, or JSON for programs."
    )

    def __post_init__(self) -> None:
        if self.default_format in EXTRA_FORMATS and self.default_format not in self.extra_formats:
            raise SettingError(
                f"The default format is {self.default_format}, but KOKORO_EXTRA_FORMATS "
                "(--extra-formats) does not switch it on: add it there, or set "
                "KOKORO_DEFAULT_FORMAT (--default-format) to another one."
            )

    @classmethod
    def load(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Read the settings from the environment; an empty variable counts as unset.

        Where `KOKORO_OPENAI` is on, some settings have other defaults. Raises `SettingError` that
        names the setting, its value and what is allowed. Files and folders need not exist: see
        `require_files`.
        """
        environ = os.environ if environ is None else environ
        given = {
            field.name: parsed(field, text)
            for field in fields(cls)
            if (text := environ.get(env_name(field), ""))
        }
        return cls(**{**(_openai_defaults() if given.get("openai") else {}), **given})

    def absolute_paths(self) -> dict[str, str]:
        """Return the paths as environment variables, for a process that runs in another folder."""
        return {
            env_name(field): str(path)
            for field in fields(self)
            if isinstance(path := getattr(self, field.name), Path)
        }

    def require_files(self) -> None:
        """Raise `SettingError` that names the first file or folder that cannot be read.

        Only for the start: a running server goes on without files that have vanished.
        """
        for field in fields(self):
            path, values = getattr(self, field.name), field.metadata["values"]
            if path is not None and values.is_there and not values.is_there(path):
                raise refused(field, str(path))


def _openai_defaults() -> dict[str, Any]:
    """Return the defaults that `KOKORO_OPENAI` changes, by name."""
    defaults = {field.name: field.metadata["with_openai"] for field in fields(Settings)}
    return {name: value for name, value in defaults.items() if value is not None}


def unknown_settings(environ: Mapping[str, str]) -> list[str]:
    """Return the names in `environ` that look like settings but are not."""
    known = {env_name(field) for field in fields(Settings)}
    return sorted(name for name in environ if name.startswith("KOKORO_") and name not in known)


def unknown_setting_warning(name: str) -> str:
    """Return the warning about a name that `unknown_settings` returned."""
    return f"{name} is not a setting and has no effect; is it misspelt?"
