"""Checks for gunicorn options that would break this server, which refuses to start with them."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from app.loading.parallel_runs import parallel_runs
from app.settings import Settings, env_name

LEAST_TIMEOUT = 30
"""Least worker timeout in seconds. A worker sends gunicorn no heartbeat while it imports the
application, which takes several seconds on a busy machine."""

SPARE_CONNECTIONS = 32
"""Connections left for health checks and the like while the queue for speech is full."""

GRACE_SECONDS = 5
"""Seconds that gunicorn has to wait for its workers beyond the time for speech in progress."""


def least_connections(settings: Settings) -> int:
    """Return how many connections a worker must accept to be able to answer that it is busy."""
    return parallel_runs(settings) + settings.max_queue + SPARE_CONNECTIONS


def find_problems(cfg: Any, settings: Settings, *, is_our_worker: bool) -> Iterator[str]:
    """Yield a line for each problem in gunicorn's configuration `cfg`, with its remedy.

    `is_our_worker` says whether the worker class is this server's or a subclass of it.
    """
    problems = (
        *_worker_problems(cfg, is_our_worker=is_our_worker),
        *_time_problems(cfg, settings),
        *_connection_problems(cfg, settings),
        *_environment_problems(cfg, settings),
    )
    for option, reason in problems:
        yield f"gunicorn's option {option} cannot be used here: {reason}"


def _worker_problems(cfg: Any, *, is_our_worker: bool) -> Iterator[tuple[str, str]]:
    if not is_our_worker:
        yield (
            f"--worker-class {cfg.worker_class_str}",
            "only this server's own workers answer while speech is made, and finish it when the "
            "server stops. Leave the option out.",
        )
    if cfg.preload_app:
        yield (
            "--preload",
            "each worker has to load the application itself, or nothing is answered while speech "
            "is made. Leave the option out.",
        )
    if cfg.workers < 1:
        yield (
            "--workers 0 (or WEB_CONCURRENCY)",
            "no process would answer requests. Leave it out, or set it to 1.",
        )
    if cfg.max_requests:
        yield (
            f"--max-requests {cfg.max_requests}",
            "a worker that reaches the limit answers no requests until its longest stream has "
            "ended. Leave the option out; kill -HUP replaces workers without a gap.",
        )


def _time_problems(cfg: Any, settings: Settings) -> Iterator[tuple[str, str]]:
    if 0 < cfg.timeout < LEAST_TIMEOUT:
        yield (
            f"--timeout {cfg.timeout}",
            "workers would be killed while they start. Choose "
            f"{LEAST_TIMEOUT} or more, or 0 for no limit.",
        )
    if cfg.graceful_timeout < settings.drain_seconds + GRACE_SECONDS:
        drain = max(0, cfg.graceful_timeout - GRACE_SECONDS)
        yield (
            f"--graceful-timeout {cfg.graceful_timeout}",
            "speech in progress, which may go on for "
            f"KOKORO_DRAIN_SECONDS={settings.drain_seconds}, would be cut off. Set "
            f"KOKORO_DRAIN_SECONDS={drain} instead.",
        )


def _connection_problems(cfg: Any, settings: Settings) -> Iterator[tuple[str, str]]:
    if cfg.worker_connections < (least := least_connections(settings)):
        yield (
            f"--worker-connections {cfg.worker_connections}",
            "with so few, /health does not answer while requests wait for speech. Choose "
            f"{least} or more, or a smaller KOKORO_MAX_QUEUE.",
        )
    if not cfg.keepalive:
        yield (
            "--keep-alive 0",
            "clients that never finish a request would never be cut off. Choose 1 or more.",
        )
    if cfg.reuse_port:
        yield (
            "--reuse-port",
            "clients that stop reading a reply would never be cut off, and SIGUSR2 would fail. "
            "Leave the option out.",
        )


def _environment_problems(cfg: Any, settings: Settings) -> Iterator[tuple[str, str]]:
    for name in map(env_name, fields(settings)):
        if name in cfg.env:
            yield (
                f"--env {name}",
                "settings are read before it is set. Set the variable for gunicorn itself.",
            )
