"""Telephone numbers, and codes said like them, in words."""

import re
from collections.abc import Callable

from app.tts.text.rules import Rule


def phone_rule(pattern: str, say_group: Callable[[str], str], *examples: str) -> Rule:
    """Return a rule for telephone numbers that `normalizer` does not recognise."""

    def say(match: re.Match[str]) -> str:
        return ", ".join(map(say_group, re.findall(r"\d+", match[0])))

    return Rule(pattern, say, *examples)
