"""What systemd is told beside gunicorn's READY=1: that the server answers, and who leads it.

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
"""How often systemd hears of the server in the time after which it would start it anew."""


def begin_to_tell(health: Health, log: Any) -> None:
    """Begin, in a worker, to tell systemd what it asks for, if it has started the server."""
    if "NOTIFY_SOCKET" not in os.environ:
        return
    pause = watchdog_seconds(os.environ) / PINGS
    takes_over = "GUNICORN_PID" in os.environ  # after SIGUSR2; gunicorn's word for its predecessor
    if pause or takes_over:
        # A greenlet here: it runs only while the loop does that answers requests.
        thread = threading.Thread(
            target=_tell,
            args=(health, lambda message: sd_notify(message, log), pause, takes_over),
            daemon=True,
        )
        thread.start()


def watchdog_seconds(environ: Mapping[str, str]) -> float:
    """Return the time after which systemd starts a silent server anew; 0 if it never does."""
    try:
        return max(0, int(environ.get("WATCHDOG_USEC", "0"))) / 1_000_000
    except ValueError:
        return 0.0


def _tell(health: Health, notify: Callable[[str], None], pause: float, takes_over: bool) -> None:
    while pause or takes_over:
        if pause:
            notify("WATCHDOG=1")
        # Not before: systemd would end the service with a main process that fails to load.
        if takes_over and health.is_ready:
            notify(f"MAINPID={os.getppid()}")
            takes_over = False
        time.sleep(1 if takes_over else pause)
