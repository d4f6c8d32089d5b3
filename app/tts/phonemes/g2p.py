"""What an engine of grapheme-to-phoneme conversion is."""

from collections.abc import Callable

GraphemesToPhonemes = Callable[[str], str]
"""Turns text into phonemes of misaki's alphabet; not to be called by two threads at once."""
