"""Settings come from the environment, and bad ones are refused by name."""

from dataclasses import fields
from pathlib import Path

import pytest

from app.settings import (
    SettingError,
    Settings,
    env_name,
    flag_name,
    help_text,
    unknown_settings,
)


def test_defaults_are_the_documented_ones() -> None:
    assert Settings.load({}) == Settings(
        model_path=None,
        acceleration="auto",
        workers=None,
        precision="auto",
        vocoder="auto",
        cache_mb=32,
        max_queue=32,
        request_timeout=600,
        drain_seconds=300,
        max_input_chars=4096,
        openai=False,
        extra_formats=(),
        default_format="wav",
        model_ids=(),
        voices_dir=None,
        host="0.0.0.0",
        port=8000,
        api_key=None,
        api_key_file=None,
        public_endpoints=(),
        cors_origins=(),
        rate_limit=None,
        rate_limit_storage="memory://",
        proxies=0,
        log_level="info",
        log_format="console",
    )


def test_every_setting_is_read_from_its_environment_variable(tmp_path: Path) -> None:
    model = tmp_path / "model.onnx"
    model.touch()
    environ = {
        "KOKORO_MODEL_PATH": str(model),
        "KOKORO_ACCELERATION": "CPU",
        "KOKORO_WORKERS": "8",
        "KOKORO_THREADS": "3",
        "KOKORO_PRECISION": "INT8",
        "KOKORO_VOCODER": "Native",
        "KOKORO_CACHE_MB": "0",
        "KOKORO_MAX_QUEUE": "5",
        "KOKORO_MAX_UNSENT_MB": "64",
        "KOKORO_REQUEST_TIMEOUT": "60",
        "KOKORO_DRAIN_SECONDS": "0",
        "KOKORO_MAX_INPUT_CHARS": "100",
        "KOKORO_MARKDOWN": "OFF",
        "KOKORO_LEXICON": str(model),
        "KOKORO_OPENAI": "ON",
        "KOKORO_EXTRA_FORMATS": "MP3, opus",
        "KOKORO_DEFAULT_FORMAT": "mp3",
        "KOKORO_MODEL_IDS": "tts-1-hd, gpt-4o-mini-tts",
        "KOKORO_VOICES_DIR": str(tmp_path),
        "HOST": "::1",
        "PORT": "65535",
        "API_KEY": "s3cret",
        "API_KEY_FILE": str(model),
        "KOKORO_PUBLIC_ENDPOINTS": "health, Voices",
        "KOKORO_CORS_ORIGINS": "https://example.org,http://localhost:3000",
        "KOKORO_RATE_LIMIT": "10/second; 1000 per day",
        "KOKORO_RATE_LIMIT_STORAGE": "redis://localhost:6379/1",
        "KOKORO_PROXIES": "2",
        "LOG_LEVEL": "Debug",
        "LOG_FORMAT": "JSON",
    }

    settings = Settings.load(environ)

    assert {env_name(setting) for setting in fields(Settings)} == set(environ)
    assert settings == Settings(
        model,
        "cpu",
        8,
        3,
        "int8",
        "native",
        0,
        5,
        64,
        60,
        0,
        100,
        False,
        model,
        True,
        ("mp3", "opus"),
        "mp3",
        ("tts-1-hd", "gpt-4o-mini-tts"),
        tmp_path,
        "::1",
        65535,
        "s3cret",
        model,
        ("health", "voices"),
        ("https://example.org", "http://localhost:3000"),
        "10/second; 1000 per day",
        "redis://localhost:6379/1",
        2,
        "debug",
        "json",
    )


def test_an_empty_variable_counts_as_unset() -> None:
    assert Settings.load({"API_KEY": "", "PORT": ""}) == Settings()


@pytest.mark.parametrize(
    ("variable", "value", "allowed"),
    [
        ("KOKORO_MODEL_PATH", "~nobody-of-this-name/x", "a file that exists"),
        ("KOKORO_EXTRA_FORMATS", "mp3,ogg", "a comma-separated list of mp3, opus, aac, flac"),
        ("KOKORO_DEFAULT_FORMAT", "ogg", "wav, pcm, mp3, opus, aac or flac"),
        ("KOKORO_MODEL_IDS", "tts 1", "a comma-separated list of names"),
        *(
            ("KOKORO_CORS_ORIGINS", value, "*, or a comma-separated list of origins")
            for value in (
                "example.org",
                "https://*.example.org",
                "https://example.org/",
                "*,http://a",
            )
        ),
        ("KOKORO_ACCELERATION", "tpu", "auto, cpu, coreml, cuda or directml"),
        ("KOKORO_WORKERS", "0", "a whole number from 1 to 8"),
        ("KOKORO_WORKERS", "9", "a whole number from 1 to 8"),
        ("KOKORO_WORKERS", "two", "a whole number from 1 to 8"),
        ("KOKORO_WORKERS", "1.5", "a whole number from 1 to 8"),
        ("KOKORO_PRECISION", "fp16", "auto, fp32 or int8"),
        ("KOKORO_CACHE_MB", "-1", "a whole number from 0 to"),
        ("KOKORO_MAX_QUEUE", "many", "a whole number from 0 to"),
        ("KOKORO_MAX_INPUT_CHARS", "-1", "a whole number from 1 to"),
        ("PORT", "65536", "a whole number from 1 to 65535"),
        ("HOST", "a b", "a host name or address"),
        ("KOKORO_PUBLIC_ENDPOINTS", "health,admin", "root, health, metrics, models, voices"),
        ("KOKORO_REQUEST_TIMEOUT", "0", "a whole number from 1 to 86400"),
        *(
            ("KOKORO_RATE_LIMIT", value, "rates such as 60/minute")
            for value in ("60", "0/minute", "60/fortnight", "60/minute and more", "-1/day")
        ),
        ("KOKORO_PROXIES", "10", "a whole number from 0 to 9"),
        ("LOG_FORMAT", "xml", "console or json"),
        ("LOG_LEVEL", "loud", "debug, info, warning, error or critical"),
    ],
)
def test_a_bad_value_is_refused_in_one_line_that_says_what_is_allowed(
    variable: str, value: str, allowed: str
) -> None:
    with pytest.raises(SettingError) as refused:
        Settings.load({variable: value})

    message = refused.value.message
    assert message.startswith(variable)
    assert repr(value) in message
    assert allowed in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("variable", "kind"),
    [
        ("KOKORO_MODEL_PATH", "file"),
        ("KOKORO_LEXICON", "file"),
        ("KOKORO_VOICES_DIR", "folder"),
        ("API_KEY_FILE", "file"),
    ],
)
def test_a_path_to_nothing_or_to_the_wrong_kind_is_refused_when_it_has_to_lead_somewhere(
    variable: str, kind: str, tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.touch()
    right, wrong = (file, tmp_path) if kind == "file" else (tmp_path, file)
    Settings.load({variable: str(right)}).require_files()
    for path in (wrong, file / "below", tmp_path / "none"):
        settings = Settings.load({variable: str(path)})
        with pytest.raises(SettingError) as refused:
            settings.require_files()
        (setting,) = (setting for setting in fields(Settings) if env_name(setting) == variable)
        assert refused.value.message == (
            f"{variable} ({flag_name(setting)}) is {str(path)!r}; "
            f"allowed: a {kind} that exists and can be read."
        )


def test_a_key_is_never_shown() -> None:
    assert "s3cret" not in repr(Settings(api_key="s3cret"))
    with pytest.raises(SettingError) as refused:
        Settings.load({"API_KEY": "s3cret key"})
    assert "s3cret" not in refused.value.message


def test_an_address_with_a_password_is_never_shown() -> None:
    assert "s3cret" not in repr(Settings(rate_limit_storage="redis://:s3cret@host"))
    with pytest.raises(SettingError) as refused:
        Settings.load({"KOKORO_RATE_LIMIT_STORAGE": "mongodb://:s3cret@host"})
    assert "s3cret" not in refused.value.message
    assert "memory://, or redis://" in refused.value.message


def test_help_names_the_variable_and_the_default() -> None:
    port = next(setting for setting in fields(Settings) if setting.name == "port")
    assert flag_name(port) == "--port"
    assert help_text(port) == (
        "Port to serve on. Allowed: a whole number from 1 to 65535. [PORT; default: 8000]"
    )


def test_help_tells_the_defaults_of_both_modes() -> None:
    shown = {setting.name: help_text(setting) for setting in fields(Settings)}
    assert shown["openai"].endswith("[KOKORO_OPENAI; default: off]")
    assert shown["markdown"].endswith("[KOKORO_MARKDOWN; default: on]")
    assert shown["default_format"].endswith(
        "[KOKORO_DEFAULT_FORMAT; default: wav; with --openai: mp3]"
    )
    assert shown["extra_formats"].endswith(
        "[KOKORO_EXTRA_FORMATS; default: none; with --openai: mp3,opus,aac,flac]"
    )


@pytest.mark.parametrize("mode", [{}, {"KOKORO_OPENAI": "on"}])
def test_a_default_format_has_to_be_switched_on(mode: dict[str, str]) -> None:
    environ = {**mode, "KOKORO_DEFAULT_FORMAT": "mp3", "KOKORO_EXTRA_FORMATS": "opus"}
    with pytest.raises(SettingError, match=r"KOKORO_EXTRA_FORMATS .* does not switch it on"):
        Settings.load(environ)


def test_openai_switches_every_format_on_and_makes_mp3_the_default() -> None:
    settings = Settings.load({"KOKORO_OPENAI": "on"})
    assert settings.extra_formats == ("mp3", "opus", "aac", "flac")
    assert settings.default_format == "mp3"
    assert Settings.load({"KOKORO_OPENAI": "off"}) == Settings.load({})


def test_settings_beside_openai_win() -> None:
    settings = Settings.load(
        {
            "KOKORO_OPENAI": "on",
            "KOKORO_EXTRA_FORMATS": "opus",
            "KOKORO_DEFAULT_FORMAT": "wav",
        }
    )
    assert (settings.extra_formats, settings.default_format) == (("opus",), "wav")


def test_a_default_of_openai_that_is_not_switched_on_is_refused_with_both_ways_out() -> None:
    with pytest.raises(SettingError) as refused:
        Settings.load({"KOKORO_OPENAI": "on", "KOKORO_EXTRA_FORMATS": "opus"})
    assert "mp3" in refused.value.message
    assert "KOKORO_EXTRA_FORMATS" in refused.value.message
    assert "KOKORO_DEFAULT_FORMAT" in refused.value.message


def test_variables_that_look_like_settings_but_are_not_are_found() -> None:
    assert unknown_settings({"KOKORO_LEXCON": "x", "KOKORO_LEXICON": "x", "PATH": "x"}) == [
        "KOKORO_LEXCON"
    ]
