"""Rules that rewrite text, each with examples of its purpose."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Replacement = str | Callable[[re.Match[str]], str]


@dataclass(frozen=True, init=False)
class Rule:
    """A regular expression and the replacement for each of its matches."""

    pattern: re.Pattern[str]

    replacement: Replacement
    """A template as `re.sub` takes it, or a function of the match."""

    examples: tuple[str, ...]
    """A text, ` -> ` and what this rule alone makes of it; the tests try them all."""

    def __init__(
        self, pattern: str | re.Pattern[str], replacement: Replacement, *examples: str
    ) -> None:
        """Compile `pattern`; raises ValueError if no example shows the rule's purpose."""
        if not examples:
            raise ValueError(f"The rule {pattern!r} has no example.")
        for example in examples:
            if example.count(" -> ") != 1:
                raise ValueError(f"An example is 'before -> after', and not {example!r}.")
        object.__setattr__(self, "pattern", re.compile(pattern))
        object.__setattr__(self, "replacement", replacement)
        object.__setattr__(self, "examples", examples)

    def apply(self, text: str) -> str:
        """Return `text` with every match replaced."""
        return self.pattern.sub(self.replacement, text)


def any_of(texts: Iterable[str]) -> str:
    """Return a regular expression for any of `texts`, longest first; for none, it never matches."""
    return "|".join(map(re.escape, sorted(texts, key=len, reverse=True))) or r"(?!)"


def apply_rules(text: str, rules: Iterable[Rule]) -> str:
    """Return `text` with each rule applied in turn, on what those before it left."""
    for rule in rules:
        text = rule.apply(text)
    return text
