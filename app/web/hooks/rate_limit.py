"""Rate limit: how many requests for speech each client may send."""

from flask import Flask, request

from app.web.endpoints import current_endpoint
from app.web.errors import TooManyRequests
from app.web.hooks.rate_counter import RateExceeded, RequestCounts, require_usable
from app.web.requests import client_name
from app.web.state import state_of


def init_app(app: Flask) -> None:
    """Limit requests for speech to `app` as the settings say, by key if there is one, else address.

    Call it after `auth.init_app`, so that requests with a bad key do not use up anyone's limit.
    Raises `SettingError` where requests cannot be counted.
    """
    settings, metrics = state_of(app).settings, state_of(app).metrics
    if settings.rate_limit is None:
        return
    require_usable(settings)
    counts = RequestCounts(settings.rate_limit, settings.rate_limit_storage)

    def limit_rate() -> None:
        endpoint = current_endpoint()
        if endpoint is None or not endpoint.makes_speech or request.method == "OPTIONS":
            return
        try:
            counts.add(client_name())
        except RateExceeded as error:
            metrics.request_rejected("rate limit")
            raise TooManyRequests(str(error), error.retry_after) from error

    app.before_request(limit_rate)
