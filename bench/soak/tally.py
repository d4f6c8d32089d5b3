"""What became of the requests."""

import threading
from collections import Counter


class Tally:
    """Counts the requests of all clients by outcome; threads may share it."""

    def __init__(self) -> None:
        self.outcomes: Counter[str] = Counter()
        self.heard_seconds = 0.0
        """Speech in complete replies."""

        self.faults: list[str] = []
        """What was wrong with the replies that were."""

        self._lock = threading.Lock()

    def add(self, outcome: str, heard_seconds: float = 0.0) -> None:
        """Count a request that went as it should."""
        with self._lock:
            self.outcomes[outcome] += 1
            self.heard_seconds += heard_seconds

    def add_fault(self, fault: str) -> None:
        """Count a reply that was wrong."""
        with self._lock:
            self.faults.append(fault)

    @property
    def total(self) -> int:
        """How many requests there were."""
        return self.outcomes.total() + len(self.faults)
