"""Tidy the spaces of a text in which words took the place of signs."""

from app.tts.text.rules import Rule, apply_rules

_RULES = (
    Rule(r" {2,}", " ", "five  percent of it -> five percent of it"),
    Rule(
        r""" +(?=[,.;:!?)\]](?:[\s,.;:!?)\]"']|$)|$)""",
        "",
        "fifty percent . -> fifty percent.",
        "five percent , or more -> five percent, or more",
        'see "a dot b ?" -> see "a dot b?"',
        "fifty percent  -> fifty percent",
    ),
)


def tidy_spaces(text: str) -> str:
    """Return `text` with single spaces, and none at its ends or before a closing mark."""
    return apply_rules(text, _RULES).strip()
