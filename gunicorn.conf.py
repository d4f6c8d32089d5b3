"""gunicorn's settings; `app.gunicorn_config` has them, so that the installed command does too."""

from app.gunicorn_config import *  # noqa: F403
