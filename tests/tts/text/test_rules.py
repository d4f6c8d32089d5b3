"""Every rule that rewrites text does what its examples say."""

import dataclasses
import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import replace

import pytest

import app.tts.text
from app.tts.text.addresses import address_rules
from app.tts.text.english.conventions import AMERICAN
from app.tts.text.normalizer import rules_of
from app.tts.text.rules import Rule, apply_rules

# English has no abbreviations among its conventions, as it has rules for them.
SHARED = replace(AMERICAN, abbreviations={"approx.": "approximately"})
"""Conventions to make the rules of that all languages share."""


def rules_in(value: object) -> Iterator[Rule]:
    """The rules that a value is or holds, in tables and in the fields of a language's records."""
    if isinstance(value, Rule):
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from rules_in(each)
    elif isinstance(value, dict):
        yield from rules_in(list(value.values()))
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from rules_in(getattr(value, field.name))


def all_rules() -> Iterator[tuple[str, Rule]]:
    """Every rule of `app.tts.text`, each once, with the module that has it."""
    known: set[Rule] = set()
    # These are made of the conventions of each language; their examples are American.
    for rule in rules_in([rules_of(SHARED), address_rules(SHARED.address_words)]):
        known.add(rule)
        yield "normalizer", rule
    for module in pkgutil.walk_packages(app.tts.text.__path__, "app.tts.text."):
        for value in vars(importlib.import_module(module.name)).values():
            for rule in rules_in(value):
                if rule not in known:
                    known.add(rule)
                    yield module.name.removeprefix("app.tts.text."), rule


EXAMPLES = [
    pytest.param(rule, example, id=f"{module}: {example}")
    for module, rule in all_rules()
    for example in rule.examples
]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_a_rule_makes_of_its_example_what_it_says(rule: Rule, example: str) -> None:
    before, after = example.split(" -> ")
    assert before != after
    assert rule.apply(before) == after


def test_a_rule_without_an_example_is_none() -> None:
    with pytest.raises(ValueError, match="has no example"):
        Rule("a", "b")


def test_an_example_says_what_comes_out() -> None:
    with pytest.raises(ValueError, match="'before -> after', and not 'a'"):
        Rule("a", "b", "a")


def test_rules_are_applied_in_their_order() -> None:
    rules = [Rule("a", "b", "a -> b"), Rule("b", "c", "b -> c")]
    assert apply_rules("a", rules) == "c"
