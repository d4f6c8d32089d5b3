"""Each language is read as itself, by many threads at once."""

import builtins
import subprocess
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import espeakng_loader
import pytest

from app.tts import phonemes
from app.tts.errors import AssetError, InputError
from app.tts.languages import LANGUAGES
from app.tts.model.vocabulary import Vocabulary
from app.tts.phonemes import Phonemizer


@pytest.fixture(scope="module")
def phonemizer() -> Phonemizer:
    return Phonemizer()


@pytest.mark.parametrize(
    ("letter", "text", "phonemes"),
    [
        ("e", "¿Qué tal, niño?", "kˈe tˈal, nˈiɲo?"),
        ("f", "Bonjour, ça va ?", "bɔ̃ʒˈuʁ, sa vˈa ?"),
        ("h", "नमस्ते.", "nəmˈʌsteː."),
        ("i", "Ciao, come stai?", "ʧˈao, kˌome stˈaj?"),
        ("p", "Tudo bem?", "tˈudʊ bˈAŋ?"),
    ],
)
def test_espeak_languages_are_read_as_themselves(
    phonemizer: Phonemizer, letter: str, text: str, phonemes: str
) -> None:
    assert phonemizer.phonemize(text, LANGUAGES[letter]).removeprefix("¿") == phonemes


@pytest.mark.slow
def test_english_is_read_with_the_accent_of_the_voice(phonemizer: Phonemizer) -> None:
    american = phonemizer.phonemize("The tomato can't dance.", LANGUAGES["a"])
    british = phonemizer.phonemize("The tomato can't dance.", LANGUAGES["b"])
    assert american == "ðə təmˈATO kˈænt dˈæns."
    assert british == "ðə təmˈɑːtQ kˈɑːnt dˈɑːns."


@pytest.mark.slow
def test_the_models_own_name_is_stressed_on_its_first_syllable(phonemizer: Phonemizer) -> None:
    assert phonemizer.phonemize("Kokoro, kokoro's", LANGUAGES["a"]) == "kˈOkəɹO, kˈOkəɹOz"
    assert phonemizer.phonemize("Kokoro", LANGUAGES["b"]) == "kˈQkəɹQ"


@pytest.mark.slow
@pytest.mark.parametrize("text", ["नमस्ते friends", "привет", "𓀀", "你好", "xqzrtk"])
def test_no_language_flags_are_spoken_for_foreign_script(phonemizer: Phonemizer, text: str) -> None:
    phonemes = phonemizer.phonemize(text, LANGUAGES["a"])
    assert "(" not in phonemes
    assert Vocabulary.load().encode(phonemes)


@pytest.mark.slow
@pytest.mark.parametrize("letters", ["a", "ab", "efip"])
def test_threads_never_get_each_others_words(phonemizer: Phonemizer, letters: str) -> None:
    jobs = [
        (f"zorbulak {word}", LANGUAGES[letters[n % len(letters)]])
        for n, word in enumerate(("blumpy", "krelvan", "dastip", "mofrin") * 40)
    ]
    alone = [phonemizer.phonemize(*job) for job in jobs]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda job: phonemizer.phonemize(*job), jobs))
    assert together == alone


def test_what_is_said_again_and_again_is_read_once_whatever_comes_between(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[str] = []

    def build() -> Any:
        return lambda text: read.append(text) or text

    monkeypatch.setitem(phonemes._ENGINES, "h", build)
    phonemizer = Phonemizer()
    for number in range(3 * phonemes._MOST_RECENT):
        phonemizer.phonemize("again", LANGUAGES["h"])
        phonemizer.phonemize(f"piece {number}", LANGUAGES["h"])
    assert read.count("again") == 1


@pytest.mark.parametrize("letter", ["j", "z"])
def test_a_language_that_is_not_installed_names_its_extra(
    monkeypatch: pytest.MonkeyPatch, letter: str
) -> None:
    language = LANGUAGES[letter]
    monkeypatch.setattr(
        "app.tts.phonemes.find_spec", lambda name: None if name in language.modules else name
    )
    phonemizer = Phonemizer()
    assert not phonemizer.is_installed(language)
    assert phonemizer.is_installed(LANGUAGES["a"])
    with pytest.raises(InputError, match=rf"pip install '.\[{language.extra}\]'") as refused:
        phonemizer.require(language, field="language")
    assert refused.value.field == "language"


def test_a_language_whose_libraries_do_not_load_names_its_extra(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real_import = builtins.__import__

    def broken_import(name: str, *arguments: Any, **named: Any) -> Any:
        if name == "misaki" or name.startswith("misaki."):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return real_import(name, *arguments, **named)

    monkeypatch.setattr(builtins, "__import__", broken_import)
    with pytest.raises(InputError, match=r"pip install '.\[ja\]'"):
        Phonemizer().phonemize("x", LANGUAGES["j"])


def test_a_piece_that_comes_again_at_once_is_not_read_again(
    phonemizer: Phonemizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []

    def engine(text: str) -> str:
        read.append(text)
        return text.upper()

    monkeypatch.setitem(phonemizer._engines, "e", engine)
    again = [phonemizer.phonemize(text, LANGUAGES["e"]) for text in ["otra vez", "más"] * 3]
    assert again == ["OTRA VEZ", "MÁS"] * 3
    assert read == ["otra vez", "más"]
    for number in range(100):
        phonemizer.phonemize(f"otra vez {number}", LANGUAGES["e"])
    phonemizer.phonemize("más", LANGUAGES["e"])
    assert read[-1] == "más"


def test_what_an_engine_cannot_read_is_tried_again_as_letters_alone(
    phonemizer: Phonemizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails_on_digits(text: str) -> str:
        if any(map(str.isdigit, text)):
            raise AssertionError(text)
        return text

    monkeypatch.setitem(phonemizer._engines, "e", fails_on_digits)
    assert phonemizer.phonemize("hola 9, sí", LANGUAGES["e"]).split() == ["hola", ",", "sí"]


def test_what_an_engine_says_of_the_text_is_not_passed_on(
    phonemizer: Phonemizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(text: str) -> str:
        raise KeyError(text)

    monkeypatch.setitem(phonemizer._engines, "e", failing)
    text = "CONFIDENTIAL".lower()  # kept out of the lines of code in the traceback
    with pytest.raises(InputError) as refused:
        phonemizer.phonemize(text, LANGUAGES["e"])
    assert text not in "".join(traceback.format_exception(refused.value))


def test_a_path_that_would_make_espeak_exit_the_process_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(espeakng_loader, "get_data_path", lambda: "/" + "x" * 160)
    with pytest.raises(AssetError, match="shorter folder"):
        Phonemizer().phonemize("hola", LANGUAGES["e"])


def test_speech_is_usable_from_a_plain_script_without_web_modules() -> None:
    code = "import sys, app.tts.engine; sys.exit(bool({'flask', 'gevent'} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
