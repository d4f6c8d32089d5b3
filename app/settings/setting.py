"""One setting: a field of `Settings` with its environment variable, flag, values and help."""

from dataclasses import Field, field
from typing import Any

import click

from app.settings.values import Values

BAD_CONFIGURATION = 78
"""Exit status of a start that fails however often it is repeated (EX_CONFIG of sysexits.h)."""


class SettingError(click.ClickException):
    """A setting has a bad value; as a `ClickException` it ends a command with one line."""

    exit_code = BAD_CONFIGURATION


def setting(
    env: str,
    values: Values,
    default: Any,
    text: str,
    *,
    with_openai: Any = None,
    secret: bool = False,
) -> Any:
    """Return a field; `with_openai` is its default where `KOKORO_OPENAI` is on, if that differs."""
    metadata = {"env": env, "values": values, "help": text, "with_openai": with_openai}
    return field(default=default, repr=not secret, metadata=metadata)


def env_name(setting: "Field[Any]") -> str:
    """Return the environment variable of a setting."""
    return str(setting.metadata["env"])


def flag_name(setting: "Field[Any]") -> str:
    """Return the command-line flag of a setting."""
    return "--" + setting.name.replace("_", "-")


def help_text(setting: "Field[Any]") -> str:
    """Return the help on a setting: its meaning, allowed values and default."""
    default = _shown(setting.default)
    if setting.metadata["with_openai"] is not None:
        default += f"; with --openai: {_shown(setting.metadata['with_openai'])}"
    allowed = setting.metadata["values"].allowed
    about = setting.metadata["help"]
    return f"{about} Allowed: {allowed}. [{env_name(setting)}; default: {default}]"


def parsed(setting: "Field[Any]", text: str) -> Any:
    """Return the value that `text` stands for; raises `SettingError`."""
    values: Values = setting.metadata["values"]
    try:
        return values.parse(text)
    except (ValueError, click.BadParameter):
        raise refused(setting, text) from None


def refused(setting: "Field[Any]", text: str) -> SettingError:
    """Return the error for a bad value; a secret value is not shown."""
    shown = repr(text) if setting.repr else "not shown"
    allowed = setting.metadata["values"].allowed
    return SettingError(
        f"{env_name(setting)} ({flag_name(setting)}) is {shown}; allowed: {allowed}."
    )


def _shown(value: Any) -> str:
    """Return a value as its environment variable would have it, `none` for nothing."""
    if value in (None, ()):
        return "none"
    if isinstance(value, bool):
        return "on" if value else "off"
    return ",".join(value) if isinstance(value, tuple) else str(value)
