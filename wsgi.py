"""WSGI entry point: ``gunicorn wsgi:app`` to serve, ``flask --app wsgi run`` to develop."""

from app import create_app

app = create_app()
