"""Every setting: environment variable, flag, default, allowed values, help."""

from app.settings.choices import (
    ACCELERATIONS,
    ENDPOINTS,
    EXTRA_FORMATS,
    FORMATS,
    LOG_FORMATS,
    LOG_LEVELS,
    MOST_RUNS,
)
from app.settings.setting import (
    BAD_CONFIGURATION,
    SettingError,
    env_name,
    flag_name,
    help_text,
)
from app.settings.settings import Settings, unknown_setting_warning, unknown_settings

__all__ = [
    "ACCELERATIONS",
    "BAD_CONFIGURATION",
    "ENDPOINTS",
    "EXTRA_FORMATS",
    "FORMATS",
    "LOG_FORMATS",
    "LOG_LEVELS",
    "MOST_RUNS",
    "SettingError",
    "Settings",
    "env_name",
    "flag_name",
    "help_text",
    "unknown_setting_warning",
    "unknown_settings",
]
