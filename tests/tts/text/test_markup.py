"""Texts can say how a word is pronounced and where to pause."""

import pytest

from app.tts.errors import InputError
from app.tts.text.markup import PAUSE, PLACEHOLDER, Marked, pause_seconds, read_markup

SYMBOLS = "kˈOəɹ hɛl"


def pauses(text: str) -> list[float]:
    return [pause_seconds(mark) for mark in PAUSE.findall(read_markup(text, SYMBOLS).text)]


def test_a_word_with_phonemes_becomes_a_placeholder_for_them() -> None:
    marked = read_markup("Say [Kokoro](/kˈOkəɹO/), then [a b](/hɛl/).", SYMBOLS)
    first, second = PLACEHOLDER.findall(marked.text)
    assert marked.text == f"Say {first}, then {second}."
    assert marked.overrides == {first: "kˈOkəɹO", second: "hɛl"}
    assert marked.words == {first: "Kokoro", second: "a b"}


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
    assert read_markup(text, SYMBOLS) == Marked(text, {}, {})


def test_phonemes_that_the_model_does_not_know_are_named() -> None:
    with pytest.raises(InputError, match="'Kokoro' holds '5' 'x', which the model") as refused:
        read_markup("[Kokoro](/kˈx5x/)", SYMBOLS)
    assert refused.value.field == "input"


@pytest.mark.parametrize("phonemes", [" ", "ˈ", "ˈ ˈ"])
def test_phonemes_without_a_sound_are_refused(phonemes: str) -> None:
    with pytest.raises(InputError, match="no sound"):
        read_markup(f"[Kokoro](/{phonemes}/)", SYMBOLS)


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
        ("[pause:10s]" * 31, "310 seconds in all"),
    ],
)
def test_a_pause_that_cannot_be_is_refused(text: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        read_markup(text, SYMBOLS)


def test_characters_of_private_planes_cannot_pose_as_placeholders() -> None:
    assert read_markup("a\U000f0000b\U00100000c\U000ff010d", SYMBOLS).text == "a b c d"
