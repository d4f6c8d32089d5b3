"""This server with one request at a time, for comparison with its scheduling."""

import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING

from werkzeug.wsgi import ClosingIterator

from app import create_app

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class FirstComeFirstServed:
    """Middleware that delays a request for speech until the previous one has ended."""

    def __init__(self, application: "WSGIApplication") -> None:
        """Wrap `application`."""
        self._application = application
        self._turn = threading.Lock()

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer a request for speech after all earlier ones, and others at once."""
        if environ["PATH_INFO"] != "/v1/audio/speech":
            return self._application(environ, start_response)
        self._turn.acquire()
        try:
            answer = self._application(environ, start_response)
        except BaseException:
            self._turn.release()
            raise
        # A server closes the answer when all of it is sent, or when the client has gone away.
        return ClosingIterator(answer, self._turn.release)


app = create_app()
app.wsgi_app = FirstComeFirstServed(app.wsgi_app)  # type: ignore[method-assign]
