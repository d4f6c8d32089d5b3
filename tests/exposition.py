"""Reads the figures of `/metrics`."""

from prometheus_client.parser import text_string_to_metric_families


class Scrape:
    """The samples of one reply of `/metrics`."""

    def __init__(self, text: str) -> None:
        self.families = {family.name: family for family in text_string_to_metric_families(text)}

    def value(self, name: str, **labels: str) -> float:
        """Return the sum of the samples of `name` that have `labels`."""
        samples = [s for family in self.families.values() for s in family.samples]
        found = [s.value for s in samples if s.name == name and labels.items() <= s.labels.items()]
        assert found, f"there is no {name} with {labels}"
        return sum(found)
