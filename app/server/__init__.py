"""gunicorn: its configuration, start, workers and shutdown."""
