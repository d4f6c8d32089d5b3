"""Regular expressions for the letters of Hindi, which Python's do not cover."""

# Python's \w has Devanagari's letters but neither its vowel signs nor its other marks.
LETTER = r"[\w\u0900-\u0963\u0970-\u097f]"
"""A letter, mark or digit of a word."""

MARK = r"[\u0900-\u0963\u0970-\u097f]"
"""A letter or mark of Devanagari."""

WORD_END = rf"(?!{LETTER})"
