"""The operator's pronunciations take precedence over all others."""

from pathlib import Path

import pytest

from app.tts.errors import AssetError
from app.tts.languages import LANGUAGES
from app.tts.text.lexicon import Lexicon
from app.tts.text.markup import PLACEHOLDER

SYMBOLS = "abcdefgh ,ˈ"
AMERICAN, BRITISH, JAPANESE, SPANISH = (LANGUAGES[letter] for letter in "abje")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "lexicon.tsv"


def spoken(lexicon: Lexicon, text: str, letter: str = "a") -> str:
    marked = lexicon.mark(text, LANGUAGES[letter])
    return PLACEHOLDER.sub(lambda match: f"/{lexicon.pronunciation(match[0])}/", marked)


def test_words_are_replaced_whole_and_in_their_language(path: Path) -> None:
    path.write_text("# ours\nnginx\ten-US\tabc\n\ncache,en,bˈad\nOhm,es,/cab/\n")
    lexicon = Lexicon.load(path, SYMBOLS)
    assert not lexicon.problems
    assert spoken(lexicon, "Nginx, the cache, nginxes.") == "/abc/, the /bˈad/, nginxes."
    assert spoken(lexicon, "nginx cache", "b") == "nginx /bˈad/"
    assert spoken(lexicon, "nginx Ohm ohm", "e") == "nginx /cab/ ohm"


def test_an_entry_in_lower_case_is_for_every_case_and_one_with_capitals_for_its_own(
    path: Path,
) -> None:
    path.write_text("us,en,abc\nUS,en,hˈa\n")
    assert spoken(Lexicon.load(path, SYMBOLS), "us Us US") == "/abc/ /abc/ /hˈa/"


def test_words_of_several_words_and_without_spaces_are_found(path: Path) -> None:
    path.write_text("los angeles,a,abc\n東京,ja,bad\nC++,a,cd\n", "utf-8")
    lexicon = Lexicon.load(path, SYMBOLS)
    assert spoken(lexicon, "in Los Angeles with C++") == "in /abc/ with /cd/"
    assert spoken(lexicon, "東京都に", "j") == "/bad/都に"


def test_words_are_found_with_endings_in_compounds_and_in_other_scripts(path: Path) -> None:
    path.write_text("nginx,en,abc\n")
    lexicon = Lexicon.load(path, SYMBOLS)
    assert spoken(lexicon, "nginx's nginx-based") == "/abc/'s /abc/-based"
    assert spoken(lexicon, "私はnginxを使う", "j") == "私は/abc/を使う"


@pytest.mark.parametrize(
    "address", ["https://nginx.org/docs", "nginx.conf", "info@nginx.com", "/etc/nginx/conf"]
)
def test_addresses_are_left_as_they_are(path: Path, address: str) -> None:
    path.write_text("nginx,en,abc\n")
    assert spoken(Lexicon.load(path, SYMBOLS), address) == address


def test_phonemes_may_hold_commas_and_spaces(path: Path) -> None:
    path.write_text("a b,en,abc, de\nx\ten\tab, cd\n")
    assert Lexicon.load(path, SYMBOLS).phonemes == ["abc, de", "ab, cd"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("word,en", "needs a word, a language and phonemes"),
        (",en,abc", "needs a word"),
        ("word,tlh,abc", "no language 'tlh'"),
        ("word,en,xyz", "holds 'x' 'y' 'z'"),
        ("word,en,", "holds no sound"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_used(path: Path, line: str, reason: str) -> None:
    path.write_text(f"good,en,abc\n{line}\nfine,en,abc\n")
    lexicon = Lexicon.load(path, SYMBOLS)
    assert spoken(lexicon, "good fine") == "/abc/ /abc/"
    with pytest.raises(AssetError, match=f"{path}, line 2: .*{reason}"):
        lexicon.require_sound()


def test_a_file_that_cannot_be_read_is_an_error(path: Path) -> None:
    with pytest.raises(AssetError, match="cannot be read"):
        Lexicon.load(path, SYMBOLS).require_sound()
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(AssetError, match="cannot be read"):
        Lexicon.load(path, SYMBOLS).require_sound()
