"""What a server under attack holds: its processes, their threads, descriptors and memory."""

from dataclasses import dataclass

import psutil

from tests.servers import Server

MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Holdings:
    """What one process holds."""

    threads: int
    descriptors: int
    resident_megabytes: float


def workers(server: Server) -> list[psutil.Process]:
    """The worker processes of a gunicorn, oldest first."""
    children = psutil.Process(server.process.pid).children()
    return sorted(children, key=lambda child: child.create_time())


def only_worker(server: Server) -> psutil.Process:
    """The worker of a gunicorn that has one."""
    (worker,) = workers(server)
    return worker


def holdings(process: psutil.Process) -> Holdings:
    """What a process holds now."""
    with process.oneshot():
        return Holdings(
            process.num_threads(),
            process.num_fds(),
            process.memory_info().rss / MEGABYTE,
        )
