"""Reasons why a request gets no speech, or not all of it.

They import nothing of the application: handling them loads neither engine nor scheduler.
"""

import errno


class SchedulingError(Exception):
    """Base of every error of the scheduling; its message is fit for a client."""

    outcome = "failed"
    """Outcome of the speech for logs and metrics: one of `app.telemetry.metrics.OUTCOMES`."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class SpeechUnavailable(SchedulingError):
    """There is no working engine."""


class QueueFull(SchedulingError):
    """Too many requests are waiting: try again in `retry_after` seconds."""

    outcome = "rejected"

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"Too many requests are waiting: try again in {retry_after} s.")
        self.retry_after = retry_after


class Interruption(SchedulingError, ConnectionResetError):
    """The speech was ended before it was done; web servers take it for a connection that broke."""

    def __init__(self, message: str) -> None:
        ConnectionResetError.__init__(self, errno.ECONNRESET, message)
        self.message = message


class ListenerGone(Interruption):
    """The client went away."""

    outcome = "cancelled"

    def __init__(self) -> None:
        super().__init__("The client went away.")


class TimedOut(Interruption):
    """Making the speech took longer than a request may take."""

    outcome = "timed out"

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"The speech took more than {seconds:g} s (KOKORO_REQUEST_TIMEOUT): send shorter texts."
        )


class InferenceHung(Interruption):
    """Making one chunk took longer than any chunk should."""

    def __init__(self) -> None:
        super().__init__("The speech could not be made: inference took too long.")


class ServerStopping(Interruption):
    """The server is stopping, and the time granted to speech in progress is over."""

    outcome = "cut"

    def __init__(self) -> None:
        super().__init__("The server is stopping.")
