"""A client of the soak test: sends requests, reads replies, and sometimes leaves early."""

import http.client
import socket
import struct
import threading
import time
from contextlib import suppress
from types import TracebackType
from urllib.parse import urlsplit

from app.settings import EXTRA_FORMATS
from app.tts.audio.codecs import load_formats
from app.web.delivery.sse import GROWTH
from bench.soak.plan import Ask, Form, Leaving, Script
from bench.soak.replies import WrongReply, check
from bench.soak.tally import Tally

PATIENCE = 660.0
"""Seconds of silence after which a client gives up: the server answers 504 after 600."""

RECEIVE_BUFFER = 16 * 1024
"""Size of the kernel's buffer for a slow reader; the default would hold most of a reply."""

PAUSE = 0.25
"""Seconds between the reads of a slow reader."""

BLOCK = 64 * 1024

_BYTES_A_SECOND = {name: each.bytes_a_second for name, each in load_formats(EXTRA_FORMATS).items()}


class Client:
    """Sends the requests of a script, in a thread, until the soak is over."""

    def __init__(self, number: int, url: str, script: Script, tally: Tally) -> None:
        self._number = number
        self._url = url
        self._script = script
        self._tally = tally
        self._over = threading.Event()
        self._hung_up = False
        self._exchange: Exchange | None = None
        # A daemon, so that nothing waits for a server that never answers.
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def finish(self) -> None:
        """Send no more requests after the one in progress."""
        self._over.set()

    def join(self, seconds: float) -> None:
        """Wait at most `seconds` for the request in progress."""
        self._thread.join(seconds)

    def hang_up(self) -> None:
        """Abort the request in progress, and do not count it."""
        self._hung_up = True
        self.finish()
        if self._exchange:
            self._exchange.hang_up()

    def _run(self) -> None:
        for number, ask in enumerate(self._script.asks()):
            if self._over.is_set():
                return
            try:
                outcome, seconds = self._carry_out(ask)
            except (WrongReply, OSError, http.client.HTTPException) as error:
                if self._hung_up:
                    return
                reason = f"{type(error).__name__}: {error}"
                self._tally.add_fault(f"client {self._number}, request {number} ({ask}): {reason}")
                self._over.wait(1)  # a server that is restarting refuses connections at once
            else:
                self._tally.add(outcome, seconds)

    def _carry_out(self, ask: Ask) -> tuple[str, float]:
        """Return the outcome and the seconds of speech heard; raises `WrongReply`."""
        with Exchange(self._url, ask) as exchange:
            self._exchange = exchange
            exchange.send()
            if ask.leaves in (Leaving.SENDING, Leaving.WAITING):
                if ask.leaves is Leaving.WAITING:
                    self._over.wait(ask.leaves_after)
                return f"left {ask.leaves.value}", 0.0
            reply = exchange.read()
            if reply is None:
                return f"left {Leaving.LISTENING.value}", 0.0
            response, body = reply
            seconds = check(ask, response.status, response.headers, body)
        return "refused with 400" if ask.is_bad else f"heard to the end, {ask.form.value}", seconds


class Exchange:
    """One request and its reply, on a connection of its own."""

    def __init__(self, url: str, ask: Ask) -> None:
        self._ask = ask
        address = urlsplit(url)
        self._address = (address.hostname, address.port)
        self._socket = socket.socket()
        self._socket.settimeout(PATIENCE)
        self._connection = http.client.HTTPConnection(address.netloc)
        self._response: http.client.HTTPResponse | None = None
        rate = _BYTES_A_SECOND[ask.audio_format] * (GROWTH if ask.form is Form.EVENTS else 1)
        self._playing_bytes = rate / ask.speed

    def __enter__(self) -> "Exchange":
        if self._ask.reads_slowly:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
        self._socket.connect(self._address)
        self._connection.sock = self._socket
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._ask.resets:
            linger = struct.pack("ii", 1, 0)
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        if self._response:
            self._response.close()
        self._connection.close()

    def send(self) -> None:
        """Send the request, or half of it if the client leaves while sending."""
        body = self._ask.body
        self._connection.putrequest("POST", "/v1/audio/speech")
        self._connection.putheader("Content-Type", "application/json")
        self._connection.putheader("Content-Length", str(len(body)))
        half = self._ask.leaves is Leaving.SENDING
        self._connection.endheaders(body[: len(body) // 2] if half else body)

    def read(self) -> tuple[http.client.HTTPResponse, bytes] | None:
        """Return the reply and its body; None if the client leaves before the end."""
        self._response = response = self._connection.getresponse()
        most = float("inf")
        if self._ask.leaves is Leaving.LISTENING:
            most = self._ask.leaves_after * self._playing_bytes
        size = round(self._playing_bytes * PAUSE) if self._ask.reads_slowly else BLOCK
        body = bytearray()
        while block := response.read1(size):
            body += block
            if len(body) > most:
                return None
            if self._ask.reads_slowly:
                time.sleep(PAUSE)
        return response, bytes(body)

    def hang_up(self) -> None:
        """Shut down the connection; unlike closing it, this ends a thread's wait for the reply."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
