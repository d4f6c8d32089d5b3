"""gunicorn's options that would break this server: refused before it starts, each in one line."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from app.loading.parallel_runs import parallel_runs
from app.settings import Settings, env_name

LEAST_TIMEOUT = 30
"""Seconds. While a worker imports the application, which takes some of them on a busy machine, it
does not tell gunicorn that it is alive."""

SPARE_CONNECTIONS = 32
"""For whoever asks how the server is while all requests for speech that it takes are waiting."""

GRACE_SECONDS = 5
"""Seconds that gunicorn must wait for its workers beyond the time for speech in progress."""


def least_connections(settings: Settings) -> int:
    """Return how many connections a worker must accept to be able to say that it is busy."""
    return parallel_runs(settings) + settings.max_queue + SPARE_CONNECTIONS


def objections(cfg: Any, settings: Settings, *, is_ours: bool) -> Iterator[str]:
    """Say what is wrong with gunicorn's configuration `cfg` and what to do, a line for each.

    `is_ours` says whether the class of its workers is this server's or made from it.
    """
    for option, reason in _breaking(cfg, settings, is_ours=is_ours):
        yield f"gunicorn's option {option} cannot be used here: {reason}"


def _breaking(cfg: Any, settings: Settings, *, is_ours: bool) -> Iterator[tuple[str, str]]:
    if not is_ours:
        yield (
            f"--worker-class {cfg.worker_class_str}",
            "only this server's own workers answer while speech is made, and finish it when the "
            "server stops. Leave the option out.",
        )
    if cfg.preload_app:
        yield (
            "--preload",
            "each worker has to load the application itself, else nothing is answered while speech "
            "is made. Leave the option out.",
        )
    if cfg.workers < 1:
        yield (
            "--workers 0 (or WEB_CONCURRENCY)",
            "nobody would answer. Leave it out, or set it to 1.",
        )
    if cfg.max_requests:
        yield (
            f"--max-requests {cfg.max_requests}",
            "a worker that has had so many answers nobody until its longest stream has ended. "
            "Leave the option out; kill -HUP replaces workers without a gap.",
        )
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
            f"KOKORO_DRAIN_SECONDS={drain} in its place.",
        )
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
            "clients that take nothing of a reply would never be cut off, and SIGUSR2 would fail. "
            "Leave the option out.",
        )
    names = [env_name(setting) for setting in fields(settings) if env_name(setting) in cfg.env]
    for name in names:
        yield f"--env {name}", "settings are read before it. Set the variable for gunicorn itself."
