"""Usual characters in the place of full-width, half-width, circled and composed ones."""

import unicodedata

# Compatibility forms that say more than their decomposition.
_KEPT = {"…": "…", "‥": "…", "²": "²", "³": "³", "㎡": "m²", "㎥": "m³", "㎢": "km²", "㎠": "cm²"}
_KEPT |= {"㈱": "株式会社", "㈲": "有限会社", "～": "〜", "−": "-", "‐": "-", "‑": "-", "–": "-"}
_KEPT |= {"½": " 1/2", "⅓": " 1/3", "⅔": " 2/3", "¼": " 1/4", "¾": " 3/4", "№": "No."}


def usual_characters(text: str) -> str:
    """Return `text` in the characters that the rules know."""
    # Character by character, then composed: half-width kana bring their marks as characters.
    return unicodedata.normalize("NFC", "".join(map(_usual_character, text)))


def _usual_character(character: str) -> str:
    if character in _KEPT:
        return _KEPT[character]
    if "①" <= character <= "➓":  # each is a number of its own
        return f" {unicodedata.numeric(character, 0):.0f} " if character.isnumeric() else character
    if character.isdigit():
        return str(unicodedata.digit(character))
    return unicodedata.normalize("NFKC", character)
