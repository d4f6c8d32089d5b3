"""Whether speech can be made, and what is the matter if not."""

import math
import time

LOADING = "loading"
OK = "ok"
BROKEN = "inference is broken"
HUNG = "inference hangs"
FAILED = "the model did not load"
DRAINING = "draining"


class Health:
    """The state of the engine and of the server around it, as the health endpoints tell it.

    Signal handlers may call it: it takes no lock.
    """

    def __init__(self) -> None:
        self.engine = LOADING
        """What is known of the engine from the last inference."""

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
        """Whether the time for speech in progress is over, because the server stops."""
        return time.monotonic() >= self._stops_at

    def drain(self, seconds: float) -> None:
        """Welcome no more requests, and let speech in progress go on for so many seconds."""
        self._stops_at = min(self._stops_at, time.monotonic() + seconds)
