"""gunicorn's log in the format of the application's."""

from typing import Any

from gunicorn.glogging import Logger

from app.settings import Settings
from app.telemetry import logs


class GunicornLogger(Logger):  # type: ignore[misc]
    """Formats the messages of the master and the workers according to the settings."""

    def setup(self, cfg: Any) -> None:
        """Set up gunicorn's logs, with our formatter in place of gunicorn's."""
        super().setup(cfg)
        formatter = logs.formatter(Settings.load().log_format)
        for log in (self.error_log, self.access_log):
            for handler in log.handlers:
                handler.setFormatter(formatter)
