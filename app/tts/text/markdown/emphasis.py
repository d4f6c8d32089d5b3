"""Tells marks of Markdown that are emphasis from those that are text."""

import re
import unicodedata

from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned

# Two marks may stand inside a word: "habl**o**". In "5*3*2" and "f**k and sh**t" they are text.
_EMPHASIS_WITHIN_WORD = re.compile(
    r"\*[^\W\d_]{1,30}\*(?![\w*])|\*{2,3}[^\W\d_]{1,30}\*{2,3}(?!\*)"
)
_ENDS_OF_CLAUSES = frozenset(".,:;!?…)]}")
_CHINESE_OR_JAPANESE = re.compile(r"[\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\uffef]")


class EmphasisState(StateInline):
    """markdown-it's state of a line, with a rule of our own for opening and closing marks."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:
        """Return whether a run of marks can open or close emphasis.

        By CommonMark's rule, `**「重要」**です` would keep its marks. Here every character of
        Chinese and Japanese ends a word, because they have no spaces.
        """
        mark, end = self.src[start], start
        while end < self.posMax and self.src[end] == mark:
            end += 1
        before, after = self.src[start - 1 : start] or " ", self.src[end : end + 1] or " "
        opens = not after.isspace() and (not _is_mark(after) or ends_word(before))
        closes = not before.isspace() and (not _is_mark(before) or ends_word(after))
        if not canSplitWord:
            opens, closes = (
                opens and (not closes or ends_word(before)),
                closes and (not opens or ends_word(after)),
            )
        elif mark == "*":
            if not ends_word(before) and not ends_word(after):
                opens = _EMPHASIS_WITHIN_WORD.match(self.src, start) is not None
            if end - start > 1 and before in _ENDS_OF_CLAUSES:
                closes = True  # "**Note:**text"
        return Scanned(opens, closes, end - start)


def _is_mark(character: str) -> bool:
    is_symbol = unicodedata.category(character)[0] in "PS"
    return is_symbol and not _CHINESE_OR_JAPANESE.match(character)


def ends_word(character: str) -> bool:
    """Return whether a word ends, or may end, before or after `character`."""
    return (
        character.isspace()
        or unicodedata.category(character)[0] in "PS"
        or _CHINESE_OR_JAPANESE.match(character) is not None
    )
