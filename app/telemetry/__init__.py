"""Metrics, logs and tracebacks."""
