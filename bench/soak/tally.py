"""The outcomes of the requests."""

import threading
from collections import Counter


class Tally:
    """Counts the requests of all clients by outcome; threads may share it."""

    def __init__(self) -> None:
        self.outcomes: Counter[str] = Counter()
        self.heard_seconds = 0.0
        """Speech in complete replies."""

        self.faults: list[str] = []
        """Descriptions of wrong replies."""

        self._lock = threading.Lock()

    def add(self, outcome: str, heard_seconds: float = 0.0) -> None:
        """Count a request with a right reply."""
        with self._lock:
            self.outcomes[outcome] += 1
            self.heard_seconds += heard_seconds

    def add_fault(self, fault: str) -> None:
        """Count a wrong reply."""
        with self._lock:
            self.faults.append(fault)

    @property
    def total(self) -> int:
        """Number of requests."""
        return self.outcomes.total() + len(self.faults)
