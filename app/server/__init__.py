"""gunicorn: how it starts, serves and stops."""
