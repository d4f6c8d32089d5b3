"""The application, but for clients that are slow to send what they want: they are refused soon."""

from app import create_app, request_body

request_body.MAX_BODY_SECONDS = 5

app = create_app()
