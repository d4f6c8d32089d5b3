"""The application with the fake engine, for tests that need a failure behind a real gunicorn."""

from app import create_app
from tests.fakes import FakeEngine

app = create_app(engine=FakeEngine())
