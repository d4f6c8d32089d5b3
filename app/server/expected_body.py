"""The body of a request with `Expect: 100-continue`, which the client sends when it is asked to."""

from collections.abc import Iterator
from typing import Any


class ExpectedBody:
    """Asks the client for the body when the application first reads it.

    A client that is refused because of its headers need not send it. Some send it anyway, so the
    start of the next request is unknown then, and the connection has to be closed.
    """

    def __init__(self, request: Any, connection: Any) -> None:
        """Replace the body of gunicorn's `request`, which came on `connection`."""
        self.was_asked_for = False
        self._request = request
        self._body = request.body
        self._connection = connection
        self._must_close = request.must_close
        request.must_close = True

    def read(self, size: int | None = None) -> bytes:
        """Return up to `size` bytes."""
        return self._asked_for().read(size)  # type: ignore[no-any-return]

    def readline(self, size: int | None = None) -> bytes:
        """Return a line of up to `size` bytes."""
        return self._asked_for().readline(size)  # type: ignore[no-any-return]

    def readlines(self, size: int | None = None) -> list[bytes]:
        """Return all lines."""
        return self._asked_for().readlines(size)  # type: ignore[no-any-return]

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._asked_for())

    def _asked_for(self) -> Any:
        if not self.was_asked_for:
            self.was_asked_for = True
            self._request.must_close = self._must_close
            # gunicorn checks it for a failed read, after which no other request can follow.
            self._request.body = self._body
            self._connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        return self._body
