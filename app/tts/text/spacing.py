"""Puts right the spaces of a text in which words took the place of signs."""

import re

_SPACES = re.compile(r" {2,}")
_SPACE_BEFORE_MARK = re.compile(r""" +(?=[,.;:!?)\]](?:[\s,.;:!?)\]"']|$)|$)""")


def tidy_spaces(text: str) -> str:
    """Return `text` with single spaces, and none at its ends or before a closing mark."""
    return _SPACE_BEFORE_MARK.sub("", _SPACES.sub(" ", text)).strip()
