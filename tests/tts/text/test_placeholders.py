"""Text can ask for pronunciations and pauses, but can neither forge nor lose their placeholders."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.tts.errors import InputError
from app.tts.languages import LANGUAGES
from app.tts.text.front_end import FrontEnd
from app.tts.text.lexicon import Lexicon
from app.tts.text.markup import MAX_PAUSES
from app.tts.text.spans import Piece, Pronunciation, Words
from tests.hypothesis_profiles import examples

SYMBOLS = frozenset("abcdefghijklmnopqrstuvwxyz ˈː")
OPERATORS = "ˈoperator"
"""The phonemes of the words of the lexicon: `wug`, and 哈 in Chinese."""

FIRST_OVERRIDE, FIRST_PAUSE, FIRST_ENTRY = "&#xF0000;", "&#xFF3E8;", "&#x100000;"


@pytest.fixture(scope="module", params=[True, False], ids=["markdown", "plain"])
def front_end(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> FrontEnd:
    path = tmp_path_factory.mktemp("lexicon") / "words"
    path.write_text("".join(f"wug,{letter},{OPERATORS}\n" for letter in sorted(LANGUAGES)))
    with path.open("a", encoding="utf-8") as file:
        file.write(f"哈,z,{OPERATORS}\n")
    lexicon = Lexicon.load(path, SYMBOLS)
    assert not lexicon.problems
    return FrontEnd(SYMBOLS, lexicon, request.param, lambda language: True)


def read(
    front_end: FrontEnd, text: str, letter: str = "a", *, with_sources: bool = False
) -> list[Piece]:
    return list(front_end.read(text, LANGUAGES[letter], with_sources=with_sources))


def pronunciations(pieces: list[Piece]) -> list[str]:
    return [
        span.phonemes for piece in pieces for span in piece.spans if isinstance(span, Pronunciation)
    ]


def silence(pieces: list[Piece]) -> float:
    return sum(piece.silence for piece in pieces)


def said(pieces: list[Piece]) -> str:
    return "".join(span.text for piece in pieces for span in piece.spans if isinstance(span, Words))


@pytest.mark.parametrize("with_sources", [True, False])
@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (f"Hello {FIRST_OVERRIDE} world.", []),
        (f"Hello {FIRST_ENTRY} world.", []),
        (f"a {FIRST_PAUSE} " * 341, []),
        (f"[a](/ˈo/) {FIRST_OVERRIDE}", ["ˈo"]),
        (f"{FIRST_OVERRIDE} [a](/ˈo/)", ["ˈo"]),
        ("[a](/ˈo/) &#983040; &#x0f0000; &#X000F0000;", ["ˈo"]),
        (f"[x](http://a.b '{FIRST_OVERRIDE}') <img alt='{FIRST_ENTRY}'> \\{FIRST_ENTRY}", []),
        (f"|{FIRST_ENTRY}|\n|-|\n|{FIRST_PAUSE}|\n|`{FIRST_OVERRIDE}`|", []),
        (f"> - # *{FIRST_ENTRY}*\n\n```\n{FIRST_PAUSE}\n```", []),
        (f"$${FIRST_ENTRY}$$ <{FIRST_PAUSE}@a.b> &amp;#xF0000; &amp;#x100000;", []),
        ("＆＃ｘＦ００００； \U000f0000 \U000ff3e8 \U00100000 \U0010fffe", []),
    ],
)
def test_no_character_or_entity_is_taken_for_a_pronunciation_or_a_pause(
    front_end: FrontEnd, text: str, asked: list[str], with_sources: bool
) -> None:
    pieces = read(front_end, text, with_sources=with_sources)
    assert pronunciations(pieces) == asked
    assert silence(pieces) == 0
    assert not any(character >= "\U000f0000" for character in said(pieces))


def test_a_word_of_the_lexicon_cannot_be_a_placeholder(tmp_path: Path) -> None:
    path = tmp_path / "words"
    path.write_text("\U000f0000,en,abc\nx\U0010fffd,en,abc\n", "utf-8")
    lexicon = Lexicon.load(path, SYMBOLS)
    assert len(lexicon.problems) == 2
    assert "private planes" in lexicon.problems[0]


FORGERIES = st.builds(
    str.format,
    st.sampled_from(["&#x{:x};", "&#X{:06X};", "&#{};", "\\&#x{:x};", "&amp;#x{:x};", "{:c}"]),
    st.sampled_from([0xF0000, 0xF0001, 0xFEFFF, 0xFF000, 0xFF3E8, 0xFFFFD, 0x100000, 0x10FFFD])
    | st.integers(0xF0000, 0x10FFFF),
)
MARKS = ["[b](/ˈx{}/)", "[pause:10s]", "[pause:20ms]", "\\[pause:9s]", "\\[b](/ˈy/)"]
# fmt: off
AROUND = (
    "a", "b 5", " ", " ", "\n", "\n\n", ". ", "!", "!!!", ",", "— ", "…", "-", "#", "•", "哈",
    "x", "*", "**", "_", "`", "``", "\n```\n", "~~", "\\", "|", "\n|a|b|\n|-|-|\n", "> ",
    "- ", "1. ", "<b>", "</b>", "<!--", "-->", "<br>", "<img alt='", "'>", "[", "](", ")",
    "](/ˈz/)", "(/", "&", "&#", ";", "&amp;", "&lsqb;", "&rsqb;", "&lpar;", "&sol;", "&bsol;",
    "&nbsp;", "&fjlig;", "$", "$$", "\\(", "\\)", "http://a.b/", "\u0301", "\u200b", "\ud800",
    "\udb80\udc00", "ﬁ①Ⅳ㎞", "＆＃", "‮", "[pause:", "pause:1s]", "[pause", ":1s]", "Привет",
    "é", "5%", "½", "नमस्ते", "時",
)
# fmt: on


@st.composite
def texts_with_marks(draw: st.DrawFn) -> str:
    parts = draw(
        st.lists(st.sampled_from(AROUND) | FORGERIES | st.sampled_from(MARKS) | st.text(max_size=3))
    )
    return "".join(
        part.format(chr(ord("a") + number % 26)) if part.startswith("[b]") else part
        for number, part in enumerate(parts)
    )


@pytest.mark.parametrize("letter", sorted(LANGUAGES))
@examples(0.6)
@given(text=texts_with_marks(), with_sources=st.booleans())
@example(text="|[pause:10s]|x|\n|-|-|\n" + "|a|b|\n" * 40, with_sources=False)
def test_nothing_is_spoken_or_paused_but_what_was_asked_for(
    front_end: FrontEnd, letter: str, text: str, with_sources: bool
) -> None:
    try:
        pieces = read(front_end, text, letter, with_sources=with_sources)
    except InputError:  # for pauses that last too long or are unclear
        return
    spoken = pronunciations(pieces)
    # "ˈz" may be asked for by what happens to stand before it.
    assert all(
        f"(/{phonemes}/)" in text or phonemes == "ˈz"
        for phonemes in spoken
        if phonemes != OPERATORS
    )
    assert OPERATORS not in spoken or "哈" in text
    assert silence(pieces) <= MAX_PAUSES
    assert silence(pieces) == 0 or "[pause" in text
    assert not any(character >= "\U000f0000" for character in said(pieces))
    if "|" not in text:  # the headings of a table are read with every row
        asked = text.count("[pause:10s]") * 10 + text.count("[pause:20ms]") * 0.02
        others = text.count("[pause:1s]") + 9 * text.count("[pause:9s]")
        assert silence(pieces) <= asked + others + 0.001
        counts = Counter(spoken)
        assert all(
            counts[f"ˈx{c}"] <= text.count(f"(/ˈx{c}/)") for c in "abcdefghijklmnopqrstuvwxyz"
        )


SIGNS = [
    " ",
    ". ",
    "!",
    "? ",
    ", ",
    ";",
    ": ",
    "…",
    "...",
    "—",
    " - ",
    "\n",
    "\n\n",
    "5",
    "a",
    "B. ",
    "語",
]


@pytest.mark.parametrize("letter", sorted(LANGUAGES))
@examples(0.6)
@given(
    st.lists(
        st.sampled_from(["[pause:1s]", "[pause:500ms]", "[b](/ˈo/)", "[Mr. B](/ˈe/)", *SIGNS]),
        max_size=60,
    ),
    st.booleans(),
)
def test_every_pause_and_pronunciation_is_heeded_wherever_it_stands(
    front_end: FrontEnd, letter: str, parts: list[str], with_sources: bool
) -> None:
    pieces = read(front_end, "".join(parts), letter, with_sources=with_sources)
    assert silence(pieces) == parts.count("[pause:1s]") + parts.count("[pause:500ms]") / 2
    phonemes = {"[b](/ˈo/)": "ˈo", "[Mr. B](/ˈe/)": "ˈe"}
    assert pronunciations(pieces) == [phonemes[part] for part in parts if part in phonemes]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("a [pause:1s][pause:1s][pause:1s] b", 3),
        ("a [pause:1s] [pause:1s] [pause:1s], b", 3),
        ("[pause:1s][pause:1s][pause:1s]", 3),
        ("[pause:1s]\n\n[pause:1s]\n[pause:1s]a", 3),
        ("a![pause:1s]!!![pause:1s].[pause:1s]", 3),
        ("- [pause:1s]\n- [pause:1s]\n\n# [pause:1s]", 3),
    ],
)
def test_equal_pauses_add_up(front_end: FrontEnd, text: str, seconds: float) -> None:
    assert silence(read(front_end, text)) == seconds


@pytest.mark.parametrize(
    ("text", "letter"), [("wug wug wug", "a"), ("哈哈哈", "z"), ("哈哈，哈", "z")]
)
def test_a_word_of_the_lexicon_is_said_as_often_as_it_is_written(
    front_end: FrontEnd, text: str, letter: str
) -> None:
    assert pronunciations(read(front_end, text, letter)) == [OPERATORS] * 3


@pytest.mark.parametrize("with_sources", [True, False])
@pytest.mark.parametrize(
    "text", ["Say \\[pause:1s] or \\[Kokoro](/ˈo/).", "Say \\[pause:99s] or \\[Kokoro](/ʘ/)."]
)
def test_what_stands_after_a_backslash_is_text(
    front_end: FrontEnd, text: str, with_sources: bool
) -> None:
    pieces = read(front_end, text, with_sources=with_sources)
    assert (silence(pieces), pronunciations(pieces)) == (0, [])
    assert said(pieces).startswith("Say [pause:")
    assert "\\" not in said(pieces)


@pytest.mark.parametrize(
    "text",
    [
        "Say `[pause:1s]` or ``[Kokoro](/ˈo/)``.",
        "```\n[pause:1s]\n[Kokoro](/ˈo/)\n```",
        "- list\n  ~~~text\n  [pause:1s] [Kokoro](/ˈo/)\n  ~~~",
        "```\n[pause:1s] [Kokoro](/ˈo/), never closed",
        "|a|\n|-|\n|`[pause:1s]` `[Kokoro](/ˈo/)`|",
    ],
)
def test_what_stands_in_code_is_text(text: str) -> None:
    front_end = FrontEnd(SYMBOLS, Lexicon(), True, lambda language: True)
    pieces = read(front_end, text)
    assert (silence(pieces), pronunciations(pieces)) == (0, [])
    assert "Kokoro" in said(pieces)


def test_words_of_code_that_is_explained_are_told_as_they_were_written() -> None:
    front_end = FrontEnd(SYMBOLS, Lexicon(), True, lambda language: True)
    pieces = read(front_end, "`[a](/ˈo/)` means [a](/ˈo/), see [b](/ˈo/)!", with_sources=True)
    told = [source.text for piece in pieces for source in piece.sources if source.is_first]
    assert told[1:] == ["means", "a,", "see", "b!"]
