"""What ends the speech of a request before it is done."""

import errno


class Interruption(ConnectionResetError):
    """The speech was ended before it was done; web servers take it for a connection that broke."""

    outcome = "interrupted"
    """What became of the speech, for logs and metrics."""

    def __init__(self, message: str) -> None:
        super().__init__(errno.ECONNRESET, message)
        self.message = message


class ListenerGone(Interruption):
    """The client went away."""

    outcome = "cancelled"

    def __init__(self) -> None:
        super().__init__("The client went away.")


class TimedOut(Interruption):
    """Making the speech took longer than it may."""

    outcome = "timed out"

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"The speech took more than {seconds:g} s (KOKORO_REQUEST_TIMEOUT): send shorter texts."
        )


class InferenceHung(Interruption):
    """Making one chunk took longer than any should."""

    outcome = "failed"

    def __init__(self) -> None:
        super().__init__("The speech could not be made: inference took too long.")


class ServerStopping(Interruption):
    """The server stops, and the time for speech in progress is over."""

    outcome = "cut"

    def __init__(self) -> None:
        super().__init__("The server is stopping.")
