"""The project's gunicorn configuration, but clients that stall are cut off soon."""

from app.server import worker
from app.web.delivery import stalls

stalls.REPLY_SECONDS = stalls.STREAM_SECONDS = 3
worker.HANDSHAKE_SECONDS = 3

from app.server.config import *  # noqa: E402, F403
