"""The type of an engine for grapheme-to-phoneme conversion."""

from collections.abc import Callable

GraphemesToPhonemes = Callable[[str], str]
"""Turns text into phonemes of misaki's alphabet; two threads must not call it at once."""
