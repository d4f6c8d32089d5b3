"""The application with short limits for slow clients and for chunks."""

from app import create_app
from app.scheduling import watchdog
from app.web import json_body

json_body.MAX_BODY_SECONDS = 5
watchdog.LEAST_CHUNK_SECONDS = 0.0

app = create_app()
