"""Languages are found by BCP 47 tags and by Kokoro's letters."""

import pytest

from app.tts.errors import InputError
from app.tts.languages import LANGUAGES, find_language


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        *((letter, language.tag) for letter, language in LANGUAGES.items()),
        *((language.tag, language.tag) for language in LANGUAGES.values()),
        ("en", "en-US"),
        ("EN_gb", "en-GB"),
        ("en-AU", "en-GB"),
        ("en-CA", "en-US"),
        ("pt", "pt-BR"),
        ("pt-PT", "pt-BR"),
        ("fr", "fr-FR"),
        ("fr-CA", "fr-FR"),
        ("es-419", "es"),
        ("ja-JP", "ja"),
        ("zh-Hans-CN", "zh"),
        ("zh-TW", "zh"),
        ("cmn", "zh"),
        ("hi-IN", "hi"),
    ],
)
def test_a_name_finds_its_language(name: str, tag: str) -> None:
    assert find_language(name).tag == tag


@pytest.mark.parametrize(
    "name", ["", "de", "x", "english", "en-", "en--US", "zh-HK", "yue", "zh-yue", "日本語", "en US"]
)
def test_others_are_refused_with_the_list(name: str) -> None:
    with pytest.raises(InputError, match=r"the languages are en-US \(a\)") as refused:
        find_language(name)
    assert refused.value.field == "language"
