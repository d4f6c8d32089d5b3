"""gunicorn's gevent worker, with stops and refusals that suit the application.

It imports the application only inside functions: gunicorn's master imports this module before
gevent has patched the standard library.
"""

import errno
import json
import logging
import ssl
import sys
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any

from gunicorn import util
from gunicorn.arbiter import Arbiter
from gunicorn.http import errors as http
from gunicorn.workers.ggevent import GeventWorker, StreamServer

if TYPE_CHECKING:
    from flask import Response

    from app.web.errors import InvalidRequest

log = logging.getLogger(__name__)

STATUSES = {
    http.LimitRequestLine: "414 URI Too Long",
    http.LimitRequestHeaders: "431 Request Header Fields Too Large",
    http.ExpectationFailed: "417 Expectation Failed",
    http.UnsupportedTransferCoding: "501 Not Implemented",
}
"""Statuses of requests that are not valid HTTP; all others get 400."""

LOST = (errno.ETIMEDOUT, errno.EHOSTUNREACH, errno.ENETUNREACH)
"""Errors of the kernel for a client that cannot be reached any more."""

HANDSHAKE_SECONDS = 10
"""How long a client may take to agree on TLS."""


class Listener(StreamServer):  # type: ignore[misc]
    """A listening socket that, before it closes, accepts all connections that wait."""

    def close(self) -> None:
        """Accept what waits, and stop listening.

        The kernel has connected some clients that were not accepted yet. It would reset them, with
        requests that are already on their way.
        """
        try:
            while not self.closed and not self.full() and (connection := self.do_read()):
                self.do_handle(*connection)
        except OSError as error:
            log.warning("Clients that waited were not accepted: %s.", error)
        finally:
            super().close()

    def wrap_socket_and_handle(self, client: Any, address: Any) -> Any:
        """Agree on TLS with a client and serve it; drop a client that does not agree."""
        from app.scheduling.native_threads import time_limit

        try:
            with time_limit(HANDSHAKE_SECONDS):
                connection = self.wrap_socket(client, **self.ssl_args)
        except OSError as error:
            log.debug("No TLS with %s: %s", address[0] if address else "a socket", error)
            return None
        with closing(connection):
            return self.handle(connection, address)


class Address:
    """The address of a listener that may be closed by the time gunicorn asks for it."""

    def __init__(self, listener: Any) -> None:
        self._name = listener.getsockname()

    def getsockname(self) -> Any:
        """Return the address, as sockets do."""
        return self._name


class Worker(GeventWorker):  # type: ignore[misc]
    """Serve the application in one process."""

    wsgi: Any = None  # until it is loaded: signals may come sooner

    def load_wsgi(self) -> None:
        """Load the application; a setting that has become invalid ends the server with one line."""
        from app.settings import SettingError

        try:
            super().load_wsgi()
        except SettingError as error:
            self.log.critical("%s", error.message)
            sys.exit(Arbiter.WORKER_BOOT_ERROR)
        # Chunked bodies are parsed while the application reads them.
        self.wsgi.register_error_handler(http.ParseException, self._answer_to_bad_body)

    def server_class(self, listener: Any, *, spawn: Any, **options: Any) -> "Listener":
        """Return a listener; gunicorn calls this for each of its sockets."""
        tls = {name: options[name] for name in ("ssl_context",) if name in options}
        handle = partial(self.handle, Address(listener))
        listening = Listener(listener, handle, spawn=spawn, **tls)
        if self.cfg.workers > 1:
            listening.max_accept = 1
        return listening

    def handle_exit(self, sig: int, frame: object) -> None:
        """Take no more connections, and let the application drain from now on."""
        if self.wsgi is not None:
            from app.web.state import state_of

            state = state_of(self.wsgi)
            state.service.health.drain(state.settings.drain_seconds)
            # Clients that do not even read are cut off then, before the master kills the worker.
            self.cfg.set("graceful_timeout", state.settings.drain_seconds + 1)
        super().handle_exit(sig, frame)

    def handle_request(self, listener_name: Any, req: Any, sock: Any, addr: Any) -> Any:
        """Answer a request; treat a client that cannot be reached as one that left."""
        from app.server.expected_body import ExpectedBody

        body: ExpectedBody | None = None
        if req._expected_100_continue:
            req._expected_100_continue = False  # or gunicorn would ask for the body too early
            req.body = body = ExpectedBody(req, sock)
        try:
            return super().handle_request(listener_name, req, sock, addr)
        except OSError as error:
            if error.errno in LOST or isinstance(error, (TimeoutError, ssl.SSLError)):
                raise ConnectionResetError(errno.ECONNRESET, str(error)) from error
            raise
        finally:
            if body is not None and not body.was_asked_for:
                # A body that nobody read would make the kernel reset the connection, reply and all.
                util.close_graceful(sock)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """Answer a request that never reached the application, without quoting it."""
        if not isinstance(exc, Exception):  # cut off on purpose, because draining is over
            return
        if isinstance(exc, ssl.SSLError):
            log.debug("TLS failed: %s", exc)
            return
        if not isinstance(exc, http.ParseException):
            super().handle_error(req, client, addr, exc)
            return
        from app.web.hooks import request_ids

        request_id = request_ids.begin()
        status = STATUSES.get(type(exc), "400 Bad Request")
        body = json.dumps(self._refusal(exc, addr[0] if addr else None).body)
        head = (
            f"HTTP/1.1 {status}\r\n"
            "Connection: close\r\n"
            "Content-Type: application/json\r\n"
            f"{request_ids.HEADER}: {request_id}\r\n"
            f"Content-Length: {len(body)}\r\n"
        )
        try:
            client.sendall(f"{head}\r\n{body}".encode())
        except OSError as error:
            self.log.debug("The refusal could not be sent: %s.", error)

    def _answer_to_bad_body(self, exc: BaseException) -> "Response":
        from flask import request

        return self._refusal(exc, request.remote_addr).response()

    def _refusal(self, exc: BaseException, address: str | None) -> "InvalidRequest":
        from app.web.errors import InvalidRequest

        reason = type(exc).__name__
        self.log.warning("Refused an invalid request: %s from %s.", reason, address or "a socket")
        return InvalidRequest(f"The request is not valid HTTP here: {reason}.")
