"""Each script is read by its own language."""

from dataclasses import replace

import pytest

from app.tts.languages import LANGUAGES, Language
from app.tts.text.scripts import ScriptReaders


def readers(text: str, letter: str, missing: str = "") -> ScriptReaders:
    def is_installed(language: Language) -> bool:
        return language.letter not in missing

    return ScriptReaders.of_sentence(text, LANGUAGES[letter], is_installed)


def parts(text: str, letter: str, missing: str = "") -> list[tuple[str, str]]:
    scripts = replace(readers(text, letter, missing), language=LANGUAGES[letter])
    return [(part, language.letter) for part, language in scripts.split(scripts.romanize(text))]


@pytest.mark.parametrize(
    ("letter", "text", "expected"),
    [
        ("a", "Just words, 5 of them.", [("Just words, 5 of them.", "a")]),
        ("a", "", [("", "a")]),
        ("a", "?!", [("?!", "a")]),
        ("b", "Say 你好, please", [("Say ", "b"), ("你好, ", "z"), ("please", "b")]),
        ("a", "Say こんにちは世界!", [("Say ", "a"), ("こんにちは世界!", "j")]),
        ("e", "नमस्ते, amigo", [("नमस्ते, ", "h"), ("amigo", "e")]),
        ("j", "Pythonを使う", [("Python", "a"), ("を使う", "j")]),
        ("j", "漢字とかな", [("漢字とかな", "j")]),
        ("z", "我用Visual Studio写", [("我用", "z"), ("Visual Studio", "a"), ("写", "z")]),
        ("z", "吃すし吧", [("吃", "z"), ("すし", "j"), ("吧", "z")]),
        ("h", "मैं Python में", [("मैं ", "h"), ("Python ", "a"), ("में", "h")]),
        ("f", "çà et là, naïve", [("çà et là, naïve", "f")]),
    ],
)
def test_parts_of_a_text_go_to_the_language_of_their_script(
    letter: str, text: str, expected: list[tuple[str, str]]
) -> None:
    assert parts(text, letter) == expected


@pytest.mark.parametrize(
    ("letter", "text", "missing", "expected"),
    [
        ("a", "Say Привет!", "", [("Say privet!", "a")]),
        ("i", "Γειά σου", "", [("geia soy", "i")]),
        ("a", "Δt = π", "", [(" delta t =  pi ", "a")]),
        ("j", "これは мир", "", [("これは ", "j"), ("mir", "a")]),
        ("a", "Say 你好!", "z", [("Say nihao!", "a")]),
        ("a", "すし", "jz", [("sushi", "a")]),
    ],
)
def test_what_no_installed_language_reads_comes_out_in_latin_letters(
    letter: str, text: str, missing: str, expected: list[tuple[str, str]]
) -> None:
    assert parts(text, letter, missing) == expected


@pytest.mark.parametrize(
    ("letter", "text", "main"),
    [
        ("a", "Hello 你好", "a"),
        ("a", "你好，3只猫。", "z"),
        ("a", "こんにちは世界。", "j"),
        ("j", "This is all English.", "a"),
        ("j", "これはEnglish", "j"),
        ("b", "3.14", "b"),
        ("e", "Привет", "e"),
    ],
)
def test_a_sentence_wholly_in_another_script_is_in_that_scripts_language(
    letter: str, text: str, main: str
) -> None:
    assert readers(text, letter).language.letter == main
