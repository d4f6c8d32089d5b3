"""Properties of the spoken form of any text in any language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tts.languages import LANGUAGES
from app.tts.text.scripts import ScriptReaders
from app.tts.text.verbalizer import NORMALIZERS
from tests.hypothesis_profiles import examples

LONGEST = 400
"""The most characters that a normalizer gets at once."""

_UNITS = (
    *("9", "1 ", "1.", "1,", "1-", "1:", "1/", "$", "$1", "1 €", "½", "a1", "1h", "1st", "612 "),
    *(
        "a.",
        "A.",
        "I",
        "XX ",
        "St. ",
        "-",
        "-1",
        ".",
        "(",
        "時",
        "年1",
        "%",
        "@a",
        "a/",
        "/a",
        "#1",
    ),
)
_WORDS = {
    **dict.fromkeys("abefip", "rumba"),
    "h": "नमस्ते",
    "j": "ひまわり",
    "z": "葡萄",
}
every_language = pytest.mark.parametrize("letter", sorted(NORMALIZERS))


@pytest.mark.slow
@every_language
@pytest.mark.timeout(60)
@pytest.mark.parametrize("unit", _UNITS)
def test_hostile_repetition_is_written_out_without_digits_in_linear_time(
    letter: str, unit: str
) -> None:
    for length in (LONGEST, 20 * LONGEST):  # where quadratic time would be minutes
        spoken = NORMALIZERS[letter]((unit * length)[:length])
        assert not any(map(str.isdecimal, spoken))


@every_language
@examples(0.6)
@given(st.text(alphabet=st.characters(exclude_categories=["C"]), max_size=100))
def test_no_text_makes_it_fail(letter: str, text: str) -> None:
    NORMALIZERS[letter](text)


@every_language
@given(st.text(alphabet="0123456789 .,:/-–%$€₹°ª½IVXkhm'()#@&=+", max_size=40))
def test_words_beside_numbers_and_signs_come_out_once(letter: str, signs: str) -> None:
    word = _WORDS[letter]
    spoken = NORMALIZERS[letter](f"{word} {signs} {word}")
    assert spoken.startswith(word)
    assert spoken.count(word) == 2  # two and a half hours are two hours and a half elsewhere


@every_language
@given(
    st.text(alphabet="0123456789 .,:/-–%$€£¥₹R°ºª²½IVXLhkamest年月時点つ'\"()#@&=+×", max_size=60)
)
def test_no_digit_is_left(letter: str, text: str) -> None:
    assert not any(map(str.isdecimal, NORMALIZERS[letter](text)))


@every_language
@examples(2)
@given(
    st.text(
        alphabet="\U000f0000\U000f0001\U00100000\U00100000 aA1.,:;!?/-–—…%$€°½'\"()#@&=+*~^|_"
        "時年月日〜、。・々中を，。の॥"
    )
)
def test_placeholders_are_neither_lost_nor_repeated_nor_moved(letter: str, text: str) -> None:
    readers = ScriptReaders.of_sentence(text, LANGUAGES[letter], lambda language: True)
    spoken = readers.romanize(NORMALIZERS[letter](text))
    assert [c for c in spoken if c >= "\U000f0000"] == [c for c in text if c >= "\U000f0000"]


@every_language
def test_placeholders_of_pronunciations_stay_in_their_order(letter: str) -> None:
    spoken = NORMALIZERS[letter]("\U000f0000 1, \U000f0001 2 ½.")
    assert [c for c in spoken if c >= "\U000f0000"] == ["\U000f0000", "\U000f0001"]


@every_language
@pytest.mark.parametrize(
    "text", ["1.000 345", "1 000.345", "2.500 300 km", "€3.000 000", "1,000 345", "1 000,345.6"]
)
def test_numbers_that_mix_the_marks_of_thousands_are_written_out(letter: str, text: str) -> None:
    assert not any(map(str.isdecimal, NORMALIZERS[letter](text)))


@every_language
@examples(2)
@given(st.lists(st.sampled_from(("12", "3", "456", "000", " ", ".", ",", " km", "€")), max_size=9))
def test_no_numbers_and_marks_make_it_fail(letter: str, parts: list[str]) -> None:
    NORMALIZERS[letter]("".join(parts))
