"""Rules that rewrite text, each with an example of what it is for."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Replacement = str | Callable[[re.Match[str]], str]


@dataclass(frozen=True, init=False)
class Rule:
    """A regular expression and what replaces each of its matches."""

    pattern: re.Pattern[str]

    replacement: Replacement
    """A template as `re.sub` takes it, or a function of the match."""

    examples: tuple[str, ...]
    """A text and what the rule alone makes of it, with ` -> ` between; the tests try them all."""

    def __init__(
        self, pattern: str | re.Pattern[str], replacement: Replacement, *examples: str
    ) -> None:
        """Compile `pattern`; a rule whose purpose no example shows is none: `ValueError`."""
        if not examples:
            raise ValueError(f"The rule {pattern!r} has no example.")
        object.__setattr__(self, "pattern", re.compile(pattern))
        object.__setattr__(self, "replacement", replacement)
        object.__setattr__(self, "examples", examples)

    def apply(self, text: str) -> str:
        """Return `text` with every match replaced."""
        return self.pattern.sub(self.replacement, text)


def apply_rules(text: str, rules: Iterable[Rule]) -> str:
    """Return `text` with each rule applied in turn."""
    for rule in rules:
        text = rule.apply(text)
    return text
