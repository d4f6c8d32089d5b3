"""Texts that made readers of text hang, crash or fall silent, and others designed to."""

import random

# fmt: off
_UNITS = (
    "9", "x", ".", "!", "?!", "a ", "% ", "%$", "@", "& ", "½", "½ ", "²", "1 ", "99 ",
    "$9.99 ", "3:45 ", "1/2 ", "9kg ", "1990s ", "http://a.b/c ", "a@b.c ", "a-", "!a", "A. ",
    "a. ", "1.", "A", "ABC ", "words ", "(", "[", "[x](/", "[pause:0s]", "&#xF0000;", "`",
    "*", "|a", "# ", "> ", "- ", "漢", "汉字", "ア", "ー", "っ", "क", "्", "ि", "は。", "。",
    "、", "३", "３", "〇", "々", "ㄅ", "aあ汉क", "汉a", "あ1", "Привет ", "안녕 ", "مرحبا ",
    "𓀀", "ꙮ", "𗀀", "🎉", "👩🏽‍💻", "\u0301", "\u200d", "\u202e", "\ud800", "\x00", "\ufffd",
    "\U000f0000", "\U0010ffff", "a\u0301\u0302", "ﷺ", "ŝ", "ễ", "'", '"', "’s ", "don't",
    "e.g. ", "St. ", "II ", "\n", "a\n", "1\n", "-1", "--",
)
# fmt: on


def hostile_texts(length: int) -> list[str]:
    """Return every unit repeated to `length` characters, and random mixes, always the same."""
    texts = [(unit * length)[:length] for unit in _UNITS]
    texts += [unit for unit in _UNITS if unit.strip()]
    pick = random.Random(5)
    texts += ["".join(pick.choices(_UNITS, k=length // 4))[:length] for _ in range(10)]
    texts += [
        "".join(chr(pick.randrange(0x20, 0x3000)) for _ in range(length // 4)) for _ in range(4)
    ]
    texts += ["".join(chr(first + n) for n in range(length)) for first in (0x3400, 0x20000, 0xAC00)]
    texts += ["".join(chr(pick.randrange(0x110000)) for _ in range(length // 4)) for _ in range(4)]
    texts += [" ".join(str(pick.randrange(10**9)) for _ in range(length // 10)) for _ in range(2)]
    return texts
