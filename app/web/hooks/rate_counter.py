"""Counters of each client's requests, in memory or in Redis."""

import logging
import math
import time
from importlib.util import find_spec
from urllib.parse import urlsplit

from limits import RateLimitItem, parse_many
from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import FixedWindowRateLimiter

from app.settings import SettingError, Settings
from app.tts.installation import install_extra

log = logging.getLogger(__name__)

ANSWER_SECONDS = 1
"""Seconds for Redis to accept a connection, and to answer."""

AWAY_SECONDS = 5
"""Seconds before a Redis that failed is tried again."""


class RateExceeded(Exception):
    """The client has reached its limit; it may try again in `retry_after` seconds."""

    def __init__(self, rate: RateLimitItem, retry_after: int) -> None:
        super().__init__(f"The limit of {rate} is reached: try again in {retry_after} s.")
        self.retry_after = retry_after


class RequestCounts:
    """Counts of requests by client; while Redis is away, each process counts for itself."""

    def __init__(self, rates: str, url: str) -> None:
        """Allow `rates`, such as `60/minute;1000/day`, counted at `url`: memory:// or Redis."""
        self._rates = sorted(parse_many(rates))
        self._counts = FixedWindowRateLimiter(_redis(url) if _is_redis(url) else MemoryStorage())
        self._own_counts = FixedWindowRateLimiter(MemoryStorage())
        self._is_away = False
        self._next_try = 0.0

    def add(self, client: str) -> None:
        """Count a request of `client`; raises `RateExceeded` if it is over the limit."""
        if time.monotonic() < self._next_try:
            self._add(self._own_counts, client)
            return
        if self._is_away:  # this request finds out if Redis is back; the others must not wait
            self._next_try = time.monotonic() + AWAY_SECONDS
        try:
            self._add(self._counts, client)
        except StorageError as error:
            self._leave_alone(error.storage_error)
            self._add(self._own_counts, client)

    def _add(self, counts: FixedWindowRateLimiter, client: str) -> None:
        exceeded = next((rate for rate in self._rates if not counts.hit(rate, client)), None)
        reset_time = counts.get_window_stats(exceeded, client).reset_time if exceeded else 0.0
        if counts is self._counts and self._is_away:
            self._is_away = False
            self._next_try = 0.0
            log.warning("Redis is back and counts requests again.")
        if exceeded:
            raise RateExceeded(exceeded, max(1, math.ceil(reset_time - time.time())))

    def _leave_alone(self, reason: Exception) -> None:
        self._next_try = time.monotonic() + AWAY_SECONDS
        if not self._is_away:
            self._is_away = True
            log.warning("Redis is away; meanwhile each process counts requests itself: %s", reason)


def require_usable(settings: Settings) -> None:
    """Raise `SettingError` if the settings name a storage that cannot count requests."""
    url = settings.rate_limit_storage
    if settings.rate_limit is None or not _is_redis(url):
        return
    if find_spec("redis") is None:
        raise SettingError(
            "KOKORO_RATE_LIMIT_STORAGE (--rate-limit-storage) names Redis, but its client is not "
            f"installed: {install_extra('redis')}."
        )
    try:
        urlsplit(url).port  # noqa: B018
    except ValueError:
        raise SettingError(
            "KOKORO_RATE_LIMIT_STORAGE (--rate-limit-storage) has a port that is no number from 0 "
            "to 65535."
        ) from None


def require_reachable(settings: Settings) -> None:
    """Raise `SettingError` if requests are counted in a Redis that does not answer.

    The start does not check it: a server works without its Redis.
    """
    url = settings.rate_limit_storage
    if settings.rate_limit is not None and _is_redis(url) and not _redis(url).check():
        raise SettingError(
            "The Redis of KOKORO_RATE_LIMIT_STORAGE (--rate-limit-storage) does not answer: until "
            "it does, each process counts for itself."
        )


def _is_redis(url: str) -> bool:
    return url.startswith("redis")


def _redis(url: str) -> RedisStorage:
    # By default, the client retries for many seconds, while the request waits.
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    return RedisStorage(
        url,
        wrap_exceptions=True,
        key_prefix="kokoro",
        socket_connect_timeout=ANSWER_SECONDS,
        socket_timeout=ANSWER_SECONDS,
        retry=Retry(NoBackoff(), 0),  # type: ignore[arg-type]
    )
