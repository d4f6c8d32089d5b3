"""Every setting as a command-line option, which wins over its environment variable."""

import os
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import click

from app.settings import SettingError, Settings, env_name, flag_name, help_text


def setting_flags(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command an option for each setting."""
    for setting in reversed(fields(Settings)):
        flag = flag_name(setting)
        if setting.default is False:  # its bare flag turns a switch on
            flag = f"{flag}/--no-{flag.removeprefix('--')}"
        option = click.option(flag, setting.name, default=None, help=help_text(setting))
        command = option(command)
    return command


def set_environment(flags: dict[str, str | bool | None]) -> None:
    """Set the environment variables of the options given; raises `SettingError` for empty ones."""
    for setting in fields(Settings):
        value = flags[setting.name]
        if value == "":  # as an unset shell variable leaves it; an empty --api-key opens no server
            raise SettingError(f"{flag_name(setting)} is empty.")
        if isinstance(value, bool):
            value = "on" if value else "off"
        if value is not None:
            os.environ[env_name(setting)] = value
