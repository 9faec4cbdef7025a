"""Every rule of the reader is tested on the example in its own row."""

from __future__ import annotations

from importlib.resources import files

import pytest
import yaml

from multivector.evidence.reading.lexicon import word_class
from multivector.evidence.reading.patterns import patterns
from multivector.evidence.records import TYPES, predicates


def _codes(cell: str) -> set[str]:
    return {code for code in cell.split("|") if code}


@pytest.mark.parametrize("rule", patterns(), ids=lambda rule: rule.id)
def test_a_rule_finds_what_its_example_says(rule, read):
    wanted = rule.expects.removeprefix("-")
    subject, _, rest = wanted.partition(">")
    target, _, value = rest.partition("=")
    polarity = "-" if rule.expects.startswith("-") else "+"
    found = [claim for claim in read(rule.example) if claim.note == f"rule {rule.id}"]
    assert any(
        claim.predicate == rule.predicate
        and set(claim.subjects) == _codes(subject)
        and set(claim.objects) == _codes(target)
        and (not value or claim.value == value)
        and claim.polarity == polarity
        for claim in found
    ), found


def test_rules_have_names_of_their_own():
    names = [rule.id for rule in patterns()]
    assert len(names) == len(set(names))


def test_every_rule_has_a_precision():
    assert all(0 < rule.precision < 1 for rule in patterns())


def test_rules_speak_the_vocabulary():
    assert {rule.predicate for rule in patterns()} <= set(predicates())


def test_the_vocabulary_knows_its_claim_types():
    assert {predicate.claim_type for predicate in predicates().values()} <= set(TYPES)


def test_every_class_of_words_is_used():
    package = files("multivector.evidence")
    places = [*package.joinpath("reading").iterdir(), *package.joinpath("llm").iterdir()]
    said = "".join(place.read_text("utf-8") for place in places if place.name.endswith(".py"))
    said += package.joinpath("vocabulary/en/patterns.csv").read_text("utf-8")
    classes = yaml.safe_load(package.joinpath("vocabulary/en/words.yaml").read_text("utf-8"))
    assert [name for name in classes if name not in said and not name.startswith("sector_")] == []


def test_an_unknown_class_of_words_is_a_fault_of_the_rules():
    with pytest.raises(KeyError, match="no_such_class"):
        word_class("no_such_class")


def test_no_rule_names_a_state(central):
    codes = set(central.table("gazetteer")["code"])
    names = set(central.table("gazetteer")["alias"])
    for rule in patterns():
        assert not codes & _codes(rule.expects.replace(">", "|").replace("=", "|"))
        assert not any(
            f" {name} " in f" {rule.example} " for name in names if name[0].isupper() and len(name) > 3
        )
