"""How gunicorn serves: read by gunicorn.conf.py and by the command line, from `Settings`."""

import os
import signal
import sys
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn

from gunicorn import systemd
from gunicorn.arbiter import Arbiter

from app.server import addresses, first_start, options
from app.server.stop_signals import ended_by_signals, show_cursor
from app.settings import (
    BAD_CONFIGURATION,
    SettingError,
    Settings,
    unknown_setting_warning,
    unknown_settings,
)
from app.telemetry import metrics_folder
from app.tts.prepare.process import death
from app.version import __version__
from app.web.delivery import stalls

if TYPE_CHECKING:
    from app.server.start_checks import StartModel


def _refuse(reason: object) -> NoReturn:
    """End the start in one line, with the exit status by which systemd does not try again."""
    print(f"Error: {reason}", file=sys.stderr)
    sys.exit(BAD_CONFIGURATION)


try:
    _settings = Settings.load()
except SettingError as error:
    _refuse(error)

_host = _settings.host.strip("[]")
bind = f"[{_host}]:{_settings.port}" if ":" in _host else f"{_host}:{_settings.port}"
worker_class = "app.server.worker.Worker"
loglevel = _settings.log_level
logger_class = "app.server.logger.GunicornLogger"
# Each worker loads its own model, after the fork: inherited sessions hang.
preload_app = False
# When gunicorn kills a worker that was told to stop; speech in progress was cut before.
graceful_timeout = _settings.drain_seconds + options.GRACE_SECONDS
worker_connections = max(1000, options.least_connections(_settings))
keepalive = 5
# Only KOKORO_PROXIES says whose X-Forwarded headers are believed.
forwarded_allow_ips = ""
# It would need a writable home directory.
control_socket_disable = True


def nworkers_changed(server: Any, new_value: int, old_value: int | None) -> None:
    """Refuse options that break the server and addresses that are taken, at the start.

    gunicorn calls this when it has read its options and before it acts on any, such as `--preload`;
    again after a reload, or when told to have more or fewer workers: a server that runs goes on,
    and its log says what is wrong.
    """
    from app.server.worker import Worker

    is_start = old_value is None
    is_ours = issubclass(server.worker_class, Worker)
    for objection in options.objections(server.cfg, _settings, is_ours=is_ours):
        if is_start:
            _end_start(server, objection, BAD_CONFIGURATION)
        server.log.critical("%s", objection)
    if is_start and not _hands_sockets_over(server):
        _require_free_addresses(server)


def _end_start(server: Any, reason: object, status: int) -> NoReturn:
    """End the start in one line, in the log where a daemon has no standard error any more."""
    if server.cfg.daemon:
        server.log.critical("%s", reason)
    print(f"Error: {reason}", file=sys.stderr)
    sys.exit(status)


def on_starting(server: Any) -> None:
    """Check what the settings name, and download and prepare the model if that is not done."""
    # As SIGUSR2 starts the next master. gunicorn would run the file of `python -m gunicorn`, beside
    # which Python then finds gunicorn.http in place of its own http.
    server.START_CTX["args"] = [sys.executable, *sys.orig_argv[1:]]
    # The process that prepares the model runs in another folder; so do workers with --chdir.
    os.environ.update(_settings.absolute_paths())
    with ended_by_signals():  # which ends the process: nothing outside is done after a signal
        try:
            _start(server)
        except BaseException:
            if server.pidfile is not None:
                server.pidfile.unlink()
            raise


def _start(server: Any) -> None:
    from app.server.start_checks import BAD_START, START_CHECKS, find_start_model

    server.log.info("kokoro-openai-server %s: checking the settings and the model.", __version__)
    for name in unknown_settings(os.environ):
        server.log.warning("%s", unknown_setting_warning(name))
    try:
        # Only now: a server that is told to reload goes on without what has become bad.
        for check in START_CHECKS.values():
            check(_settings)
        model = find_start_model(_settings)
    except BAD_START as error:
        _end_start(server, error, BAD_CONFIGURATION)
    if not model.needs_preparing:
        return
    server.log.info("%s", _preparation(model))
    # In a process of its own: what an HTTP client imports would be inherited by the workers before
    # gevent has patched it, and so would the memory that preparing takes.
    in_lines = _settings.log_format != "console" or server.cfg.daemon
    status = first_start.prepare(server.log, in_lines=in_lines)
    if status:
        show_cursor()
    if status < 0:
        _end_start(server, death(status), 1)
    if status:
        sys.exit(status)


def _preparation(model: "StartModel") -> str:
    """Say what is to be done before the server can start, and how long it takes."""
    if model.prepared:
        return (
            "Preparing the vocoder for this processor, only this once: it takes some ten seconds."
        )
    task = (
        "Preparing the model" if model.file else "Downloading the model (325 MB) and preparing it"
    )
    return f"{task}, only this once: preparing takes about half a minute."


def _hands_sockets_over(server: Any) -> bool:
    """Whether the sockets are there already: a running master's (SIGUSR2), systemd's, or open."""
    return bool(
        server.LISTENERS
        or "GUNICORN_PID" in os.environ
        or systemd.listen_fds(unset_environment=False)
        or any(isinstance(address, int) for address in server.cfg.address)
    )


def _require_free_addresses(server: Any) -> None:
    """End the start in one line if the server could not listen when the model is prepared."""
    try:
        addresses.require_free(server.cfg.address, partial(_address_option, server))
    except addresses.CannotListen as error:
        _end_start(server, error, 1)


def _address_option(server: Any, host: str, port: int) -> str:
    """Return how this server is told to listen on `host` and `port`."""
    if server.cfg.settings["bind"].get() != [bind]:
        return f"-b [{host}]:{port}" if ":" in host else f"-b {host}:{port}"
    is_command = server.cfg.config == f"python:{__name__}"  # kokoro-openai-server names it so
    forms = ("--host {}", "--port {}") if is_command else ("HOST={}", "PORT={}")
    wanted = [(forms[0], host, _host), (forms[1], port, _settings.port)]
    return " ".join(form.format(value) for form, value, current in wanted if value != current)


def when_ready(server: Any) -> None:
    """Bound how long clients may stall, and make the folder in which workers share metrics."""
    for listener in server.LISTENERS:
        stalls.limit_accepted(listener.sock, stalls.REPLY_SECONDS)
    try:
        metrics_folder.prepare(server.cfg.uid, server.cfg.gid)
    except OSError as error:
        metrics_folder.give_up()
        server.log.warning("Each worker counts for itself, from 0 when it is replaced: %s.", error)


def post_fork(server: Any, worker: Any) -> None:
    """Make room for the metrics of a worker, and let it be stopped from now on."""
    # Until the worker has handlers of its own, those of the master would swallow the signals of a
    # stop, and the master would wait for as long as draining may take.
    for stop in (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
        signal.signal(stop, signal.SIG_DFL)
    try:
        metrics_folder.begin(worker.pid, server.cfg.uid, server.cfg.gid)
    except OSError as error:
        metrics_folder.give_up()
        server.log.warning("This worker counts for itself, from 0: %s.", error)


def child_exit(server: Any, worker: Any) -> None:
    """Forget what a worker did when it ended."""
    metrics_folder.end(worker.pid)


def on_exit(server: Any) -> None:
    """Remove the folder of metrics."""
    metrics_folder.remove()


def post_worker_init(worker: Any) -> None:
    """Load and warm the model in the background; a worker without one ends the server, and one that
    hangs is replaced.
    """
    from app.server.systemd import begin_to_tell

    service = worker.wsgi.extensions["service"]
    begin_to_tell(service.health, worker.log)
    is_first = worker.age == 1
    service.start(
        on_failure=lambda: os._exit(Arbiter.WORKER_BOOT_ERROR),
        # What hangs would keep a process from ending in any other way; gunicorn starts a new one.
        on_hang=lambda: os._exit(1),
        invitation=_invitation(worker) if is_first else "",
    )


def _invitation(worker: Any) -> str:
    return addresses.invitation(
        worker.sockets[0],
        is_tls=worker.cfg.is_ssl,
        has_key=worker.wsgi.extensions["keys"].is_needed,
        # Programs that read JSON need no example.
        with_command=_settings.log_format == "console",
    )
