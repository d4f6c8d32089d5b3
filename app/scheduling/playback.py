"""When a listener runs out of audio."""

import time
from collections.abc import Callable

AHEAD_SECONDS = 5.0
"""A listener with this much audio in hand can wait while others get their first sound."""


class PlaybackClock:
    """Follows the playback of one request's audio, which begins with its first chunk."""

    def __init__(self, *, is_streamed: bool, sharers: Callable[[], float] = lambda: 1.0) -> None:
        """Start with nothing in hand; without a stream nobody listens until all is made.

        `sharers` tells how many requests share the time of one run, below 1 if there is time to
        spare.
        """
        self._is_streamed = is_streamed
        self._count_sharers = sharers
        self.arrived = self.due = time.monotonic()
        """When the request came, and when its audio runs out, by `time.monotonic`."""
        self.audio_seconds = 0.0
        self.has_begun = False
        self.ran_dry = False
        """Whether the last chunk came too late to follow the one before without a gap."""

    def ask(self) -> None:
        """Note that the next chunk is wanted now."""
        now = time.monotonic()
        # Who asks only now was busy reading until now: the sockets are full of what it was sent,
        # or its network is slower than its playback, which no haste of ours can mend.
        if self.has_begun and now > self.due:
            self.due = now + AHEAD_SECONDS

    def add(self, seconds: float) -> None:
        """Put `seconds` of audio in the listener's hand."""
        now = time.monotonic()
        self.ran_dry = self.has_begun and now > self.due
        self.has_begun = True
        # Who ran dry has stopped playing: the time spent waiting is no debt to be made up.
        self.due = max(self.due, now) + seconds
        self.audio_seconds += seconds

    def lead(self) -> float:
        """Seconds of audio in the listener's hand."""
        return max(0.0, self.due - time.monotonic())

    def sharers(self) -> float:
        """Return the number of requests that share the time of one run, at least this one."""
        return max(1.0, self._count_sharers())

    def patience(self) -> float:
        """Seconds that the next chunk may take, so that everybody else's fit in as well."""
        return self.lead() / self.sharers()

    def is_patient(self) -> bool:
        """Whether nobody hears it if the next chunk takes longer."""
        return not self._is_streamed or self.lead() >= AHEAD_SECONDS
