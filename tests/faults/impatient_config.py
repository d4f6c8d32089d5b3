"""The project's settings of gunicorn, but for clients that stall: they are cut off soon."""

from app import gunicorn_config

gunicorn_config.STALLED_SECONDS = 3

from app.gunicorn_config import *  # noqa: E402, F403
