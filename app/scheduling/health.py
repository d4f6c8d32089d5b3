"""The health of a server process: whether it can make speech, and if not, why."""

import math
import time

LOADING = "loading"
OK = "ok"
BROKEN = "inference is broken"
HUNG = "inference hangs"
FAILED = "the model did not load"
DRAINING = "draining"


class Health:
    """The state of the engine and of the process around it, as the health endpoints tell it.

    It takes no lock, so that signal handlers may call it: each change is a single assignment, or
    adds to or removes from a set.
    """

    def __init__(self) -> None:
        self.engine = LOADING
        """The state of the engine after its last inference: one of the constants above."""

        self.hanging: set[object] = set()
        """The runs of the engine that take longer than any should."""

        self._stops_at = math.inf

    def __str__(self) -> str:
        if self._stops_at < math.inf:
            return DRAINING
        if self.engine == OK and self.hanging:
            return HUNG
        return self.engine

    @property
    def is_ready(self) -> bool:
        """Whether requests for speech are welcome."""
        return str(self) == OK

    @property
    def is_stopping(self) -> bool:
        """Whether the server is stopping and the time for speech in progress is over."""
        return time.monotonic() >= self._stops_at

    def drain(self, seconds: float) -> None:
        """Welcome no more requests, and let speech in progress go on for so many seconds."""
        self._stops_at = min(self._stops_at, time.monotonic() + seconds)
