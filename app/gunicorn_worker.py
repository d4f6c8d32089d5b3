"""gunicorn's gevent worker, which tells the application of a stop and answers in its language."""

import errno
import json
from typing import Any

from gunicorn.http import errors as http
from gunicorn.workers.ggevent import GeventWorker

# Nothing of the application is imported up here: gunicorn's master imports this module, before
# gevent has patched the standard library.

STATUSES = {
    http.LimitRequestLine: "414 URI Too Long",
    http.LimitRequestHeaders: "431 Request Header Fields Too Large",
    http.ExpectationFailed: "417 Expectation Failed",
    http.UnsupportedTransferCoding: "501 Not Implemented",
}
"""How requests are refused that are not HTTP as it should be, where 400 is not the word for it."""

LOST = (errno.ETIMEDOUT, errno.EHOSTUNREACH, errno.ENETUNREACH)
"""What the kernel says of a client that takes nothing any more, beside those who leave."""


class Worker(GeventWorker):  # type: ignore[misc]
    """Serves the application in one process."""

    def handle_exit(self, sig: int, frame: object) -> None:
        """Take no more connections, and let the application know at once."""
        if self.wsgi is not None:
            settings, stage = (self.wsgi.extensions[name] for name in ("settings", "stage"))
            stage.condition.drain(settings.drain_seconds)
        super().handle_exit(sig, frame)

    def handle_request(self, *args: Any) -> Any:
        """Answer a request; a client that was lost is one that left, and no trouble of ours."""
        try:
            return super().handle_request(*args)
        except OSError as error:
            if error.errno in LOST:
                raise ConnectionResetError(errno.ECONNRESET, str(error)) from error
            raise

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """Answer a request that never reached the application, without repeating what it said."""
        if not isinstance(exc, http.ParseException):
            super().handle_error(req, client, addr, exc)
            return
        status = STATUSES.get(type(exc), "400 Bad Request")
        reason = type(exc).__name__
        address = addr[0] if addr else "a socket"
        self.log.warning("Refused what is no request: %s from %s.", reason, address)
        from app.errors import InvalidRequest

        body = json.dumps(InvalidRequest(f"The request is not valid HTTP here: {reason}.").body)
        head = (
            f"HTTP/1.1 {status}\r\n"
            "Connection: close\r\n"
            "Content-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n"
        )
        try:
            client.sendall(f"{head}\r\n{body}".encode())
        except OSError as error:
            self.log.debug("The refusal could not be sent: %s.", error)
