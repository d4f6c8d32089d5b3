"""The project's settings of gunicorn, but for clients that stall: they are cut off soon."""

from app import gunicorn_worker, stalls

stalls.REPLY_SECONDS = stalls.STREAM_SECONDS = 3
gunicorn_worker.HANDSHAKE_SECONDS = 3

from app.gunicorn_config import *  # noqa: E402, F403
