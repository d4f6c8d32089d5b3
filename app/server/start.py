"""The start of gunicorn's master: checks, and preparing the model if that has not been done."""

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn

from gunicorn import systemd

from app.server import addresses, first_start
from app.server.stop_signals import exit_on_stop_signals, show_cursor
from app.settings import BAD_CONFIGURATION, Settings, unknown_setting_warning, unknown_settings
from app.tts.prepare.process import describe_exit
from app.version import __version__

if TYPE_CHECKING:
    from app.server.start_checks import StartModel


def fail_start(server: Any, reason: object, status: int) -> NoReturn:
    """End the start with one line; a daemon, which has no standard error, writes it to the log."""
    if server.cfg.daemon:
        server.log.critical("%s", reason)
    print(f"Error: {reason}", file=sys.stderr)
    sys.exit(status)


def require_free_addresses(server: Any, option: Callable[[str, int], str]) -> None:
    """End the start if the server will not be able to listen, before the model is prepared.

    `option` returns the option that sets another host and port.
    """
    if _has_sockets(server):
        return
    try:
        addresses.require_free(server.cfg.address, option)
    except addresses.CannotListen as error:
        fail_start(server, error, 1)


def _has_sockets(server: Any) -> bool:
    """Return whether the sockets exist: from a running master (SIGUSR2), from systemd, or open."""
    return bool(
        server.LISTENERS
        or "GUNICORN_PID" in os.environ
        or systemd.listen_fds(unset_environment=False)
        or any(isinstance(address, int) for address in server.cfg.address)
    )


def check_and_prepare(server: Any, settings: Settings) -> None:
    """Check the settings and the files that they name, and prepare the model if necessary."""
    # Nothing outside the context is done after a signal, which ends the process.
    with exit_on_stop_signals():
        try:
            _check_and_prepare(server, settings)
        except BaseException:
            if server.pidfile is not None:
                server.pidfile.unlink()
            raise


def _check_and_prepare(server: Any, settings: Settings) -> None:
    from app.server.start_checks import BAD_START, START_CHECKS, find_start_model

    server.log.info("kokoro-openai-server %s: checking the settings and the model.", __version__)
    for name in unknown_settings(os.environ):
        server.log.warning("%s", unknown_setting_warning(name))
    try:
        # Only at the start: a server that is told to reload goes on without what has become bad.
        for check in START_CHECKS.values():
            check(settings)
        model = find_start_model(settings)
    except BAD_START as error:
        fail_start(server, error, BAD_CONFIGURATION)
    if model.needs_preparing:
        server.log.info("%s", _describe_preparation(model))
        _prepare(server, settings)


def _describe_preparation(model: "StartModel") -> str:
    """Say what has to be done before the server can start, and how long it takes."""
    if model.prepared:
        return (
            "Preparing the vocoder for this processor, only this once: it takes some ten seconds."
        )
    task = (
        "Preparing the model" if model.file else "Downloading the model (325 MB) and preparing it"
    )
    return f"{task}, only this once: preparing takes about half a minute."


def _prepare(server: Any, settings: Settings) -> None:
    """Prepare the model in a child process; end the start if that fails.

    In this process, workers would inherit the memory that it takes, and the modules of an HTTP
    client, imported before gevent has patched them.
    """
    in_lines = settings.log_format != "console" or server.cfg.daemon
    status = first_start.prepare_in_child(server.log, in_lines=in_lines)
    if status:
        show_cursor()
    if status < 0:
        fail_start(server, describe_exit(status), 1)
    if status:
        sys.exit(status)
