"""How long the requests in progress will keep the stage busy."""

import math


class Backlog:
    """Estimates it from the lengths of texts and how long others of their kind took."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._seconds_per_character = 0.03
        self._remaining: dict[object, tuple[int, float]] = {}

    def begin(self, request: object, characters: int) -> None:
        """Count a request of a text of so many characters."""
        self._remaining[request] = (characters, 0.0)

    def add(self, request: object, seconds: float) -> None:
        """Count time that was worked on a request."""
        characters, spent = self._remaining[request]
        self._remaining[request] = (characters, spent + seconds)

    def end(self, request: object, *, is_finished: bool) -> None:
        """Count a request no longer, and learn from one that was finished."""
        characters, spent = self._remaining.pop(request)
        if is_finished and characters:
            change = spent / characters - self._seconds_per_character
            self._seconds_per_character += change / 8

    def seconds_until_place(self, newcomer: object) -> int:
        """Seconds, at least one, after which a request besides `newcomer` will probably be done.

        They take turns, so that the shortest takes as long as all others get in that time too.
        """
        remaining = [
            max(0.0, characters * self._seconds_per_character - spent)
            for request, (characters, spent) in list(self._remaining.items())
            if request is not newcomer
        ]
        shortest = min(remaining, default=0.0)
        return max(1, math.ceil(shortest * len(remaining) / self._workers))
