"""Every setting: environment variable, flag, default, allowed values, help."""

from app.settings.settings import (
    ACCELERATIONS,
    BAD_CONFIGURATION,
    ENDPOINTS,
    EXTRA_FORMATS,
    FORMATS,
    LOG_FORMATS,
    LOG_LEVELS,
    MOST_RUNS,
    SettingError,
    Settings,
    env_name,
    flag_name,
    help_text,
    unknown_setting_warning,
    unknown_settings,
)

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
