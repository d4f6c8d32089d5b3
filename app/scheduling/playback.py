"""The deadline of a request: when its listener runs out of audio."""

import time
from collections.abc import Callable

AHEAD_SECONDS = 5.0
"""A listener with this much slack can wait while others get their first sound."""


class PlaybackClock:
    """The playback of one request's audio, which begins with its first chunk.

    The engine reads it in a native thread, as its `app.tts.types.Listener`. It needs no lock: the
    web server's greenlet or thread changes it, and only between the runs of its request.
    """

    def __init__(self, *, is_streamed: bool, sharers: Callable[[], float] = lambda: 1.0) -> None:
        """Begin without audio; unless `is_streamed`, it is heard only once all of it is made.

        `sharers` returns how many requests share the time of one run, below 1 if there is time to
        spare.
        """
        self._is_streamed = is_streamed
        self._count_sharers = sharers
        self.arrived = self.deadline = time.monotonic()
        """Times of the request's arrival and of the end of its audio, by `time.monotonic`."""

        self.audio_seconds = 0.0
        """Seconds of audio that were made."""

        self.has_begun = False
        """Whether the first chunk was made."""

        self.ran_dry = False
        """Whether the last chunk came too late to follow the one before without a gap."""

    def ask(self) -> None:
        """Note that the next chunk is wanted now."""
        now = time.monotonic()
        # A client that asks only now was busy reading until now: the sockets are full of what it
        # was sent, or its network is slower than its playback. No hurry here can mend that.
        if self.has_begun and now > self.deadline:
            self.deadline = now + AHEAD_SECONDS

    def add(self, seconds: float) -> None:
        """Give the listener `seconds` of audio."""
        now = time.monotonic()
        self.ran_dry = self.has_begun and now > self.deadline
        self.has_begun = True
        # A listener that ran dry has stopped playing: the time it waited is no debt.
        self.deadline = max(self.deadline, now) + seconds
        self.audio_seconds += seconds

    def slack(self) -> float:
        """Return the time until the deadline: the seconds of audio that the listener has left."""
        return max(0.0, self.deadline - time.monotonic())

    def sharers(self) -> float:
        """Return the number of requests that share the time of one run, at least this one."""
        return max(1.0, self._count_sharers())

    def patience(self) -> float:
        """Return the seconds that the next chunk may take: the slack, shared with all others."""
        return self.slack() / self.sharers()

    def can_wait(self) -> bool:
        """Return whether the next chunk may take longer without the listener noticing."""
        return not self._is_streamed or self.slack() >= AHEAD_SECONDS
