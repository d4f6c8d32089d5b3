"""The processes of a server, and their threads, descriptors and memory."""

from dataclasses import dataclass

import psutil

from tests.servers import Server

MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Holdings:
    """The resources of one process."""

    threads: int
    descriptors: int
    resident_megabytes: float


def workers(server: Server) -> list[psutil.Process]:
    """Return the worker processes of a gunicorn, oldest first."""
    children = psutil.Process(server.process.pid).children()
    return sorted(children, key=lambda child: child.create_time())


def only_worker(server: Server) -> psutil.Process:
    """Return the only worker of a gunicorn."""
    (worker,) = workers(server)
    return worker


def holdings(process: psutil.Process) -> Holdings:
    """Return the resources that a process holds now."""
    with process.oneshot():
        return Holdings(
            process.num_threads(),
            process.num_fds(),
            process.memory_info().rss / MEGABYTE,
        )
