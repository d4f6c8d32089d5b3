"""Servers behind nginx, each of which can be stopped and started again."""

import itertools
import json
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.conftest import TINY_VOICE
from tests.deploy.nginx import running_nginx
from tests.faults.listeners import HeldStream
from tests.faults.recovery import is_idle, scraped
from tests.servers import Server, free_port, server, wait_until


class Replica:
    """A gunicorn that can be stopped and started again on its port."""

    def __init__(self, folder: Path, app: str = "wsgi:app", **settings: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._folder = folder
        self._app = app
        self._settings = settings
        self._starts = itertools.count()
        self._stack = ExitStack()
        self._running: Server | None = None

    def start(self) -> None:
        name = f"{self.port}-{next(self._starts)}"
        settings = {
            "KOKORO_MODEL_PATH": str(TINY_VOICE),
            "KOKORO_CACHE_MB": "0",
            "KOKORO_PROXIES": "1",
            "KOKORO_MAX_INPUT_CHARS": "20000",
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "PROMETHEUS_MULTIPROC_DIR": str(self._folder / f"metrics-{name}"),
            **self._settings,
        }
        command = [sys.executable, "-m", "gunicorn", self._app]
        log = self._folder / f"{name}.log"
        self._running = self._stack.enter_context(server(command, settings, self.port, log))

    @property
    def running(self) -> Server:
        """The process started last."""
        assert self._running
        return self._running

    def has_ended(self) -> bool:
        """Whether no process is running."""
        return self._running is None or self._running.process.poll() is not None

    def drain(self) -> None:
        """Tell it to stop, as systemd, Docker and Kubernetes do."""
        self.running.process.terminate()

    def wait_until_ended(self) -> int:
        """Wait for its end and return its exit status."""
        return self.running.process.wait(60)

    def kill(self) -> None:
        """Kill its master and its workers, and wait until they are gone."""
        master = psutil.Process(self.running.process.pid)
        processes = [master, *master.children()]
        for process in processes:
            process.kill()
        self.running.process.wait(20)
        psutil.wait_procs(processes, 20)

    def close(self) -> None:
        self._stack.close()

    def listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=20).close()
        except ConnectionRefusedError:
            return False
        return True

    def answered(self, request_id: str) -> bool:
        """Return whether it has begun to answer a request."""
        return self._logged("Request answered.", request_id)

    def is_speaking(self, request_id: str) -> bool:
        """Return whether it is answering a request."""
        return self.answered(request_id) and not self._logged("Speech finished.", request_id)

    def speeches(self) -> float:
        """The number of speeches finished since its start."""
        return scraped(self.running).value("kokoro_speeches_total", outcome="finished")

    def is_idle(self) -> bool:
        """Return whether no request works or waits there."""
        return is_idle(self.running)

    def _logged(self, event: str, request_id: str) -> bool:
        lines = self.running.log.splitlines()
        return any(event in line and f"request_id={request_id} " in line for line in lines)


@dataclass
class Site:
    """nginx and the servers behind it."""

    url: str
    replicas: list[Replica]
    folder: Path

    def other(self, replica: Replica) -> Replica:
        (other,) = (each for each in self.replicas if each is not replica)
        return other

    def speaker_of(self, request_id: str) -> Replica:
        """Return the server that answers a request."""
        wait_until(lambda: any(each.answered(request_id) for each in self.replicas))
        return next(each for each in self.replicas if each.answered(request_id))

    def upstreams(self, request_id: str) -> list[int]:
        """Return the ports that nginx asked, in order; none before the request has ended."""
        log = (self.folder / "nginx" / "access.log").read_text()
        for line in map(json.loads, log.splitlines()):
            if line["request_id"] == request_id:
                return [int(each.rpartition(":")[2]) for each in line["upstream"].split(", ")]
        return []

    def hold(self, replica: Replica, count: int) -> list[HeldStream]:
        """Begin long speeches until `count` come from `replica`, and leave the others."""
        held: list[HeldStream] = []
        others: list[HeldStream] = []
        while len(held) < count:
            assert len(others) < 10 * count, f"nginx asks {replica.url} too rarely"
            stream = HeldStream(self.url)
            (held if self.speaker_of(stream.id) is replica else others).append(stream)
        for stream in others:  # only now: nginx asks the server with fewer connections first
            stream.leave()
        return held

    def restore(self) -> None:
        """Start every server that has ended, and wait until all serve."""
        for replica in self.replicas:
            if replica.has_ended():
                replica.start()
        for replica in self.replicas:
            replica.running.wait_until_healthy()

    def wait_until_shared(self) -> None:
        """Wait until nginx asks every server: it leaves one alone for seconds after a failure."""
        wait_until(lambda: set(self.replicas) <= {self._next_speaker() for _ in self.replicas})

    def _next_speaker(self) -> Replica:
        stream = HeldStream(self.url, "Who is it?")
        try:
            return self.speaker_of(stream.id)
        finally:
            stream.leave()


@contextmanager
def running_site(
    folder: Path, count: int = 2, app: str = "wsgi:app", **settings: str
) -> Iterator[Site]:
    """Run nginx in front of servers with the tiny voice, or with the engine of `app`."""
    replicas = [Replica(folder, app, **settings) for _ in range(count)]
    with ExitStack() as stack:
        for replica in replicas:
            stack.callback(replica.close)
        url = stack.enter_context(running_nginx(folder, [each.port for each in replicas]))
        site = Site(url, replicas, folder)
        site.restore()
        yield site
