"""Characters that cannot be said are removed; all others stay."""

import pytest

from app.tts.text.clean import clean, is_speakable


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("It’s “quoted”", 'It\'s "quoted"'),
        ("cafe\u0301", "café"),
        ("zero\u200bwidth\u00ad\ufeff", "zerowidth"),
        ("\u202eright to left\u202c", "right to left"),
        ("a\x00b\tc", "a b c"),
        ("broken \ud83d emoji", "broken emoji"),
        ("Well done 🎉🎉!", "Well done !"),
        ("👩🏽‍💻 codes 🇫🇷", "codes"),
        ("press 1️⃣", "press 1"),
        ("⏰ ⌚ ▶️ hello ⏳", "hello"),
        ("❶ one", "❶ one"),
        ("-5°C, 50 % © №", "-5°C, 50 % © №"),
        ("two\r\nlines", "two \nlines"),
        ("क्\u200dष", "क्ष"),
        ("日本語。", "日本語。"),
        ("ﬁne Ⅳ ①", "fine IV 1"),
        ("Ｆｕｌｌ１２ ￥５，ｱｲﾊﾞ", "Full12 ¥5，アイバ"),
        ("𝐁𝐨𝐥𝐝 ㎞", "Bold km"),
        ("5½ x² ℃", "5½ x² ℃"),
        ("What?!?! No!!! Well..... so", "What? No! Well… so"),
        ("a --- b === c ### d", "a — b = c d"),
        ("one,, two;; three", "one, two; three"),
        ("①② x\u0337", "1 2 x"),
        ("Coffee - $5 - or 5 - 3", "Coffee — $5 — or 5 - 3"),
        ("Well!What?No;yes,sir", "Well! What? No; yes, sir"),
        ("example.com/a?b=c 1,5 3:30", "example.com/a?b=c 1,5 3:30"),
        ("# heading, C# and #1", "heading, C# and #1"),
        ("\U000f0000 stays", "\U000f0000 stays"),
    ],
)
def test_cleaning(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_cleaning_twice_changes_nothing_more() -> None:
    text = "“It’s”\u200b\t 🎉 \n नमस्ते"
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize("text", ["a", "5", "語", "ह", "... x"])
def test_letters_and_digits_can_be_spoken(text: str) -> None:
    assert is_speakable(text)


@pytest.mark.parametrize("text", ["", ".", "?!", "—", "🎉", "* * *", "\n"])
def test_marks_alone_cannot(text: str) -> None:
    assert not is_speakable(text)
