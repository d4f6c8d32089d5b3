"""Texts can say how a word is pronounced and where to pause."""

import pytest

from app.tts.errors import InputError
from app.tts.text.markup import PAUSE, PLACEHOLDER, Markup, check_pauses, pause_seconds

SYMBOLS = "kˈOəɹ hɛl"


def read(text: str) -> str:
    return Markup(SYMBOLS).read(text)


def pauses(text: str) -> list[float]:
    return [pause_seconds(mark) for mark in PAUSE.findall(read(text))]


def test_a_word_with_phonemes_becomes_a_placeholder_for_them() -> None:
    markup = Markup(SYMBOLS)
    written = "Say [Kokoro](/kˈOkəɹO/), then [a b](/hɛl/)."
    text = markup.read(written)
    first, second = PLACEHOLDER.findall(text)
    assert text == markup.source(written) == f"Say {first}, then {second}."
    assert markup.overrides == {first: "kˈOkəɹO", second: "hɛl"}
    assert markup.words == {first: "Kokoro", second: "a b"}


@pytest.mark.parametrize(
    "text",
    [
        "[Guide](/guide/)",
        "[us](/about-us/x.html)",
        "[Pause: he looks away]",
        "[a link](https://example.com/)",
        "[docs](docs/)",
        "[x]",
        "[pause]",
        "a[0](x)",
        "[](/k/)",
    ],
)
def test_links_and_brackets_stay(text: str) -> None:
    markup = Markup(SYMBOLS)
    assert markup.read(text) == text
    assert markup == Markup(SYMBOLS)


def test_phonemes_that_the_model_does_not_know_are_named() -> None:
    with pytest.raises(InputError, match="'Kokoro' holds '5' 'x', which the model") as refused:
        read("[Kokoro](/kˈx5x/)")
    assert refused.value.field == "input"


@pytest.mark.parametrize("phonemes", [" ", "ˈ", "ˈ ˈ"])
def test_phonemes_without_a_sound_are_refused(phonemes: str) -> None:
    with pytest.raises(InputError, match="no sound"):
        read(f"[Kokoro](/{phonemes}/)")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("[pause:1.5s]", 1.5),
        ("[pause: 2 s]", 2),
        ("[PAUSE:250ms]", 0.25),
        ("[pause:.5]", 0.5),
        ("[pause:10s]", 10),
        ("[pause:0s]", 0),
        ("[pause:3 seconds]", 3),
    ],
)
def test_pauses_have_lengths(text: str, seconds: float) -> None:
    assert pauses(f"a {text} b") == [seconds]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[pause:10.01s]", "too long: at most 10"),
        ("[pause:99999ms]", "too long"),
        ("[pause:long]", "write .pause:1.5s."),
        ("[pause:-1s]", "unclear"),
        ("[pause:]", "unclear"),
    ],
)
def test_a_pause_that_cannot_be_is_refused(text: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        read(text)


def test_pauses_may_last_five_minutes_in_all() -> None:
    check_pauses(read("[pause:10s]" * 30))
    with pytest.raises(InputError, match=r"300\.01 seconds in total, and only 300"):
        check_pauses(read("[pause:10s]" * 30 + "[pause:10ms]"))


def test_characters_of_private_planes_cannot_pose_as_placeholders() -> None:
    text = "a\U000f0000b\U00100000c\U000ff010d\U0010ffffe"
    assert read(text) == Markup(SYMBOLS).source(text) == "a b c d e"


@pytest.mark.parametrize("mark", ["[pause:1s]", "[pause:x]", "[Kokoro](/kˈO/)", "[Kokoro](/kˈ5/)"])
def test_a_mark_after_a_backslash_is_text_and_loses_the_backslash(mark: str) -> None:
    assert read(f"a \\{mark} b") == f"a {mark} b"


@pytest.mark.parametrize(
    "text", ["\\[x]", "\\[Guide](/guide/)", "\\[Pause: he looks away]", "C:\\[a"]
)
def test_other_backslashes_stay(text: str) -> None:
    assert read(text) == text
