"""Greek letters that stand alone, as in science, and not in a word of Greek."""

GREEK_LETTER = "(?<![\u0370-\u03ff\u1f00-\u1fff])[Α-Ωα-ω](?![\u0370-\u03ff\u1f00-\u1fff])"
"""A regular expression for one."""

_LETTERS = "αβγδεζηθικλμνξοπρστυφχψω"


def greek_names(names: str) -> dict[str, str]:
    """Return the names of Greek letters, small and capital, given in their order with spaces."""
    return dict(zip(_LETTERS + _LETTERS.upper(), names.split() * 2, strict=True))
