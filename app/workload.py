"""How long the requests in progress will keep the stage busy."""

import math


class Workload:
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
        characters, spent = self._remaining.get(request, (0, 0.0))
        self._remaining[request] = (characters, spent + seconds)

    def end(self, request: object, *, is_finished: bool) -> None:
        """Count a request no longer, and learn from one that was finished."""
        characters, spent = self._remaining.pop(request, (0, 0.0))
        if is_finished and characters:
            change = spent / characters - self._seconds_per_character
            self._seconds_per_character += change / 8

    def requests(self) -> int:
        """How many requests are in progress, those that wait included; at least one."""
        return max(1, len(self._remaining))

    def seconds_until_place(self) -> int:
        """Seconds, at least one, after which one of the requests will probably be done."""
        if not self._remaining:
            return 1
        rest = sum(
            max(0.0, characters * self._seconds_per_character - spent)
            for characters, spent in self._remaining.values()
        )
        return max(1, math.ceil(rest / self._workers / len(self._remaining)))
