"""This server, but one request at a time: what the speed benchmark compares its turns with."""

import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING

from werkzeug.wsgi import ClosingIterator

from app import create_app

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class FirstComeFirstServed:
    """Middleware that lets a request for speech begin once the one before it has ended."""

    def __init__(self, application: "WSGIApplication") -> None:
        """Stand before `application`."""
        self._application = application
        self._turn = threading.Lock()

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer at once, or after those who came before if it is speech that is wanted."""
        if environ["PATH_INFO"] != "/v1/audio/speech":
            return self._application(environ, start_response)
        self._turn.acquire()
        try:
            answer = self._application(environ, start_response)
        except BaseException:
            self._turn.release()
            raise
        # A server closes the answer when all is sent and when the client has gone away.
        return ClosingIterator(answer, self._turn.release)


app = create_app()
app.wsgi_app = FirstComeFirstServed(app.wsgi_app)  # type: ignore[method-assign]
