"""gunicorn's settings; `app.server.config` has them, so that the installed command does too."""

from app.server.config import *  # noqa: F403
