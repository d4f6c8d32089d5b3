"""An estimate of the work that the requests in progress still need."""

import math


class Backlog:
    """The estimate, from the lengths of texts and from how long earlier ones took.

    The web server's side uses it without a lock: each request has an entry of its own, and an
    error in the rate does little harm.
    """

    def __init__(self, workers: int) -> None:
        """Begin with a guess of the rate; `workers` requests are worked on at once."""
        self._workers = workers
        self._seconds_per_character = 0.03
        self._remaining: dict[object, tuple[int, float]] = {}

    def begin(self, request: object, characters: int) -> None:
        """Add a request whose text has so many characters."""
        self._remaining[request] = (characters, 0.0)

    def add(self, request: object, seconds: float) -> None:
        """Count time that was spent on a request."""
        characters, spent = self._remaining[request]
        self._remaining[request] = (characters, spent + seconds)

    def end(self, request: object, *, is_finished: bool) -> None:
        """Remove a request, and learn from it if it was finished."""
        characters, spent = self._remaining.pop(request)
        if is_finished and characters:
            change = spent / characters - self._seconds_per_character
            self._seconds_per_character += change / 8

    def seconds_until_place(self, newcomer: object) -> int:
        """Return the seconds, at least one, until a request other than `newcomer` is probably done.

        Requests take turns: by the time the shortest is done, each other one has got as much time.
        """
        remaining = [
            max(0.0, characters * self._seconds_per_character - spent)
            for request, (characters, spent) in list(self._remaining.items())
            if request is not newcomer
        ]
        shortest = min(remaining, default=0.0)
        return max(1, math.ceil(shortest * len(remaining) / self._workers))
