"""A formula is read as the voices of a mix; errors name the first wrong character."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tts.errors import InputError
from app.tts.voices.formula import MAX_CHARS, MAX_TERMS, Term, parse_formula


def test_terms_have_names_weights_and_places() -> None:
    assert parse_formula("a(2)+ b_c ( 0.25 )+d") == [
        Term("a", Decimal(2), 1),
        Term("b_c", Decimal("0.25"), 7),
        Term("d", Decimal(1), 20),
    ]


@pytest.mark.parametrize(
    ("number", "weight"),
    [
        ("1", "1"),
        ("007", "7"),
        ("2.", "2"),
        (".5", "0.5"),
        ("0.33333333333333333333333333333333333", "0.333333"),
        ("1000", "1000"),
        ("0.000001", "0.000001"),
    ],
)
def test_weights_are_decimal_numbers(number: str, weight: str) -> None:
    assert parse_formula(f"a({number})")[0].weight == Decimal(weight)


WEIGHT = "a number above 0 and at most 1000 is expected"
AFTER_NAME = "'+' or a weight such as '(2)' is expected"


@pytest.mark.parametrize(
    ("formula", "place", "expected"),
    [
        ("+a", "character 1, '+'", "a voice is expected"),
        ("a+", "its end", "a voice is expected"),
        ("  ", "its end", "a voice is expected"),
        ("a++b", "character 3, '+'", "a voice is expected"),
        ("a+(2)", "character 3, '('", "a voice is expected"),
        ("(2)a+b", "character 1, '('", "a voice is expected"),
        ("a+b)", "character 4, ')'", AFTER_NAME),
        ("a b+c", "character 3, 'b'", AFTER_NAME),
        ("a(2)b", "character 5, 'b'", "'+' is expected"),
        ("a(2)(3)", "character 5, '('", "'+' is expected"),
        ("a(2", "its end", "')' is expected"),
        ("a(2+b", "character 4, '+'", "')' is expected"),
        ("a(2,5)", "character 4, ','", "')' is expected"),
        ("a(1e3)", "character 4, 'e'", "')' is expected"),
        ("a(", "its end", WEIGHT),
        ("a()", "character 3, ')'", WEIGHT),
        ("a( x )", "character 4, 'x'", WEIGHT),
        ("a(.)", "character 3, '.'", WEIGHT),
        ("a(-1)", "character 3, '-'", WEIGHT),
        ("a(0)", "character 3, '0'", WEIGHT),
        ("a(0.0000001)", "character 3, '0'", WEIGHT),
        ("a(1000.1)", "character 3, '1'", WEIGHT),
        (f"a({'9' * 200})", "character 3, '9'", WEIGHT),
        ("a(nan)", "character 3, 'n'", WEIGHT),
        ("a(inf)", "character 3, 'i'", WEIGHT),
        ("a(٣)", "character 3, '٣'", WEIGHT),
    ],
)
def test_a_broken_formula_is_pointed_at(formula: str, place: str, expected: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_formula(formula)
    assert refused.value.field == "voice"
    assert str(refused.value) == f"the mix is broken at {place}, where {expected}."


def test_a_mix_has_a_limit_of_voices() -> None:
    assert len(parse_formula("+".join("a" * MAX_TERMS))) == MAX_TERMS
    with pytest.raises(InputError, match="at character 17, 'a', since a mix has at most 8 voices"):
        parse_formula("+".join("a" * (MAX_TERMS + 1)))


def test_a_mix_has_a_limit_of_characters() -> None:
    with pytest.raises(InputError, match="at most 1000 characters"):
        parse_formula("a+" * MAX_CHARS)


@given(st.text("ab_+() .019²\t", max_size=40))
def test_any_text_is_terms_or_an_input_error(text: str) -> None:
    with suppress(InputError):
        for term in parse_formula(text):
            assert term.weight > 0
            assert text[term.character - 1 :].startswith(term.name)
