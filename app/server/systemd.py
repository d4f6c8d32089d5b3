"""Notifies systemd, beyond gunicorn's READY=1, that the server answers and which process leads it.

See sd_notify(3), systemd.service(5) on `WatchdogSec=`, and gunicorn on SIGUSR2.
"""

import os
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from gunicorn.systemd import sd_notify

from app.scheduling.health import Health

PINGS = 4
"""Notifications within the time after which systemd would restart a silent server."""


def start_notifying(health: Health, log: Any) -> None:
    """Start to notify systemd from a worker, if systemd has started the server."""
    if "NOTIFY_SOCKET" not in os.environ:
        return
    pause = watchdog_seconds(os.environ) / PINGS
    takes_over = "GUNICORN_PID" in os.environ  # set by the old master on SIGUSR2
    if pause or takes_over:
        # gevent makes this a greenlet, which runs only while the loop that answers requests does.
        thread = threading.Thread(
            target=_notify,
            args=(health, lambda message: sd_notify(message, log), pause, takes_over),
            daemon=True,
        )
        thread.start()


def watchdog_seconds(environ: Mapping[str, str]) -> float:
    """Return the time after which systemd restarts a silent server; 0 if it never does."""
    try:
        return max(0, int(environ.get("WATCHDOG_USEC", "0"))) / 1_000_000
    except ValueError:
        return 0.0


def _notify(health: Health, send: Callable[[str], None], pause: float, takes_over: bool) -> None:
    while pause or takes_over:
        if pause:
            send("WATCHDOG=1")
        # Not earlier, because systemd ends the service with a main process that fails to load.
        if takes_over and health.is_ready:
            send(f"MAINPID={os.getppid()}")
            takes_over = False
        time.sleep(1 if takes_over else pause)
