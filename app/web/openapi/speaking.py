"""Failures of the endpoints that speak a request's text, for their operations."""

from app.web.capabilities import Capabilities

SPEAKING_FAILURES = (400, 408, 413, 415, 429, 500, 503, 504)


def speaking_failures(capabilities: Capabilities) -> tuple[int, ...]:
    """Return the statuses; only OpenAI's own way to refuse an unknown model is a 404."""
    return (*SPEAKING_FAILURES, 404) if capabilities.is_openai else SPEAKING_FAILURES
