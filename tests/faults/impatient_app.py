"""The application, but slow clients are refused soon, and chunks hang soon where time is short."""

from app import create_app, request_body, supervisor

request_body.MAX_BODY_SECONDS = 5
supervisor.LEAST_CHUNK_SECONDS = 0.0

app = create_app()
