"""gunicorn's configuration, made from `Settings`; gunicorn.conf.py and the command line read it."""

import os
import signal
import sys
from functools import partial
from typing import Any, NoReturn

from gunicorn.arbiter import Arbiter

from app.server import addresses, options, start
from app.settings import BAD_CONFIGURATION, SettingError, Settings
from app.telemetry import metrics_folder
from app.web.delivery import stalls


def _refuse(reason: object) -> NoReturn:
    """End the start with one line, and the exit status after which systemd does not retry."""
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
# Each worker loads its own model after the fork, because inherited sessions hang.
preload_app = False
# gunicorn then kills a worker that was told to stop; speech in progress is cut off earlier.
graceful_timeout = _settings.drain_seconds + options.GRACE_SECONDS
worker_connections = max(1000, options.least_connections(_settings))
keepalive = 5
# Only KOKORO_PROXIES says whose X-Forwarded headers are trusted.
forwarded_allow_ips = ""
# It would need a writable home directory.
control_socket_disable = True


def nworkers_changed(server: Any, new_value: int, old_value: int | None) -> None:
    """Refuse options that break the server and addresses that are taken, at the start.

    gunicorn calls this first after it has read its options, before it acts on any, such as
    `--preload`. It calls it again after a reload, or when told to have more or fewer workers. A
    running server then goes on, and logs what is wrong.
    """
    from app.server.worker import Worker

    is_start = old_value is None
    is_our_worker = issubclass(server.worker_class, Worker)
    for problem in options.find_problems(server.cfg, _settings, is_our_worker=is_our_worker):
        if is_start:
            start.fail_start(server, problem, BAD_CONFIGURATION)
        server.log.critical("%s", problem)
    if is_start:
        start.require_free_addresses(server, partial(_address_option, server))


def on_starting(server: Any) -> None:
    """Check the settings and the files that they name, and prepare the model if necessary."""
    # The command with which SIGUSR2 starts the next master. gunicorn would run the file of
    # `python -m gunicorn`, beside which Python finds gunicorn.http instead of its own http.
    server.START_CTX["args"] = [sys.executable, *sys.orig_argv[1:]]
    # The process that prepares the model runs in another folder; so do workers with --chdir.
    os.environ.update(_settings.absolute_paths())
    start.check_and_prepare(server, _settings)


def when_ready(server: Any) -> None:
    """Limit how long clients may stall, and make the folder in which workers share metrics."""
    for listener in server.LISTENERS:
        stalls.limit_accepted(listener.sock, stalls.REPLY_SECONDS)
    try:
        metrics_folder.prepare(server.cfg.uid, server.cfg.gid)
    except OSError as error:
        metrics_folder.disable()
        server.log.warning("Each worker counts for itself, from 0 when it is replaced: %s.", error)


def post_fork(server: Any, worker: Any) -> None:
    """Make the files of a worker's metrics, and let signals stop the worker from now on."""
    # Until the worker has its own handlers, those of the master would swallow the stop signals, and
    # the master would wait for as long as draining may take.
    for stop in (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
        signal.signal(stop, signal.SIG_DFL)
    try:
        metrics_folder.add_process(worker.pid, server.cfg.uid, server.cfg.gid)
    except OSError as error:
        metrics_folder.disable()
        server.log.warning("This worker counts for itself, from 0: %s.", error)


def child_exit(server: Any, worker: Any) -> None:
    """Remove the gauges of a worker that has ended; its counts are kept."""
    metrics_folder.remove_process(worker.pid)


def on_exit(server: Any) -> None:
    """Remove the folder of metrics."""
    metrics_folder.remove()


def post_worker_init(worker: Any) -> None:
    """Load and warm up the model in the background.

    A worker that cannot load it ends the server, and one that hangs is replaced.
    """
    from app.server.systemd import start_notifying
    from app.web.state import state_of

    service = state_of(worker.wsgi).service
    start_notifying(service.health, worker.log)
    is_first = worker.age == 1
    service.start(
        on_failure=lambda: os._exit(Arbiter.WORKER_BOOT_ERROR),
        # A process with a hanging thread ends in no other way; gunicorn starts a new one.
        on_hang=lambda: os._exit(1),
        invitation=_invitation(worker) if is_first else "",
    )


def _address_option(server: Any, host: str, port: int) -> str:
    """Return the option that makes this server listen on `host` and `port`."""
    if server.cfg.settings["bind"].get() != [bind]:
        return f"-b [{host}]:{port}" if ":" in host else f"-b {host}:{port}"
    is_command = server.cfg.config == f"python:{__name__}"  # as kokoro-openai-server calls gunicorn
    forms = ("--host {}", "--port {}") if is_command else ("HOST={}", "PORT={}")
    wanted = [(forms[0], host, _host), (forms[1], port, _settings.port)]
    return " ".join(form.format(value) for form, value, current in wanted if value != current)


def _invitation(worker: Any) -> str:
    from app.web.state import state_of

    return addresses.invitation(
        worker.sockets[0],
        is_tls=worker.cfg.is_ssl,
        has_key=state_of(worker.wsgi).keys.is_needed,
        # Programs that read JSON need no example.
        with_command=_settings.log_format == "console",
    )
