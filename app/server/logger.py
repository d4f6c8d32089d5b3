"""gunicorn's messages in the format of all others."""

from typing import Any

from gunicorn.glogging import Logger

from app.settings import Settings
from app.telemetry import logs


class GunicornLogger(Logger):  # type: ignore[misc]
    """Formats what the master and the workers log as the settings say."""

    def setup(self, cfg: Any) -> None:
        """Do what gunicorn does, but for its formats."""
        super().setup(cfg)
        formatter = logs.formatter(Settings.load().log_format)
        for log in (self.error_log, self.access_log):
            for handler in log.handlers:
                handler.setFormatter(formatter)
