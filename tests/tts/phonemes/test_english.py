"""English is read as misaki reads it, and long or lonely words without its detours."""

import random

import pytest

from app.tts.phonemes.english import EnglishEngine, pipeline

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=[False, True], ids=["American", "British"])
def engine(request: pytest.FixtureRequest) -> EnglishEngine:
    return EnglishEngine(pipeline(), british=request.param)


def test_words_with_one_pronunciation_are_read_alone_exactly_as_in_context(
    engine: EnglishEngine,
) -> None:
    pick = random.Random(7)
    words = ["cat", "windows", "river", "thousand", "quickly", "twenty-one", "dollars", "and", "of"]
    words += ["percent", "point", "seven", "kilograms", "ninety-nine", "it", "people", "between"]
    for _ in range(50):
        text = " ".join(pick.choice(words) + pick.choice(["", "", ","]) for _ in range(8)) + " cat."
        assert engine.words.read(text) == engine.read_in_context(text)


@pytest.mark.parametrize("text", ["I read the book.", "Give it to me", "It is used", "zorbulak"])
def test_words_with_two_pronunciations_and_unknown_ones_are_left_to_misaki(
    engine: EnglishEngine, text: str
) -> None:
    assert engine.words.read(text) is None
    assert engine(text) == engine.read_in_context(text)


@pytest.mark.timeout(60)
def test_a_chain_of_many_parts_is_read_part_by_part(
    engine: EnglishEngine,
) -> None:
    # misaki alone takes half a minute for 30 pieces of these.
    for chain in ("a-" * 16, "1a!" * 10, "x/y" * 10):
        for _ in range(30):
            assert engine(chain)


def test_a_short_compound_stays_whole(engine: EnglishEngine) -> None:
    assert " " not in engine("state-of-the-art")
